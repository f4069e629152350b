"""The finite-state engine over `transitions`; it knows nothing of gifts."""
