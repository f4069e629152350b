"""Drawing papers: fonts that carry every name, Chinese line breaking, pages, tables, ornament."""
