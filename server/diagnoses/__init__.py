"""Diagnoses: what a consultant sends flows in; drafts, issued records and files flow out."""
