"""Searching people as one types, over a line of text for each (see docs/benchmarks.md)."""
