"""Agreements: templates, revisions, review rounds with remarks, approval, the donor's check."""
