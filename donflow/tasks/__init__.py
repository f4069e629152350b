"""Things for people to do that follow from an act, each a row with a date."""
