"""Every number of a text with the words that qualify it, and why it may count no people."""
