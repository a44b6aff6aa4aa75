"""Whose people are counted, and for which party a source speaks: names made into subjects, claimants and parties."""
