"""What became of the people counted: the predicates around a phrase, and what makes them none."""
