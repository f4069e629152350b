"""A greeting as a mail: its words as text and page, its card beside them, the way to opt out."""
