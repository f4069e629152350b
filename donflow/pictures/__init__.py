"""What is looked at rather than parsed: the pages of a PDF."""
