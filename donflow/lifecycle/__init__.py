"""The life of a gift across all features: gather facts, decide, advance, and say what is next."""
