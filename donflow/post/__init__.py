"""How bytes leave the house: mail by stages, signed calls; nothing is decided here."""
