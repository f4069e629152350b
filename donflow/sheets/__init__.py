"""The only home of spreadsheets: lists written here stay text where they were text."""
