"""Who says so: the clauses of saying, accounts and credits of a text, and the phrases of those who speak."""
