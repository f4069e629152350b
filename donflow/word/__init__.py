"""The only home of OOXML: templates are filled, texts read and house style kept here."""
