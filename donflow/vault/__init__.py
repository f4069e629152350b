"""Scans of originals and every produced document, by fingerprint, verified."""
