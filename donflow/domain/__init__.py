"""The rule book, pure: facts in, decision out."""
