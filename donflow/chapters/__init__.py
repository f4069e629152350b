"""Chapters: founding, charters and their articles, councils, officers and elections."""
