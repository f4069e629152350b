"""The office's papers: layouts that turn words into PDF, and what is kept of each paper made."""
