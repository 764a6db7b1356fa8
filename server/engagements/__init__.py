"""Consulting files: what a consultant writes down of a company flows in and is kept; documents of it flow out."""
