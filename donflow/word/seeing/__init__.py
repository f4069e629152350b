"""How a Word file is seen: its parts, numbers, glyphs, comments, changes and what it hides."""
