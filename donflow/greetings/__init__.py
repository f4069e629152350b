"""Greetings through the years: planned once, judged at hand-over, written, drawn, answered for."""
