"""Reading a spreadsheet of people: pure, cells in, rows of plain text and reasons out."""
