"""Cards: a picture for each occasion, drawn by rule, and the words that stand beside it."""
