"""Contacts: lines, tables and names of offices flow in, whom to ask flows out."""
