"""donflow takes a gift from a first word to a framed certificate."""

__version__ = "0.1.0"
