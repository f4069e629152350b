"""The agreement's own rule book, pure: a paper in, facts and findings out."""
