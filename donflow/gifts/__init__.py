"""Gifts: what is given, by whom, for what; contacts, screening, plan, payments, filed papers."""
