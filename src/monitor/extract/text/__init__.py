"""Plain text, its language, its sentences, and the tokens and patterns that they are looked through with."""
