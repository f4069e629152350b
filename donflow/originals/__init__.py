"""Wet-ink custody: numbered copies, signatures, the seal register, parcels."""
