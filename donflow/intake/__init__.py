"""What may come in: the gate before every parser looks at the bytes, never at the name alone."""
