"""What counts and lists: read from the tables, changing none of them."""
