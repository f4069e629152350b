"""Persons and bodies we keep relations with: how they are reached, and what they allow."""
