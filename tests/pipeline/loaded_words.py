"""Imported by the process that workers are forked from: all of them have the words at once."""

from monitor.extract.lexicon import load

load()
