"""One sentence as tokens that know their words and names, and the counted phrases in it."""
