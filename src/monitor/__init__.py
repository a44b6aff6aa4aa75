"""Watches the news for casualty and troop figures and tells people when one changes."""

__version__ = "0.1.0"
