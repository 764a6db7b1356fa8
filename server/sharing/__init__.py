"""Sharing: what one server builds flows into the database; every other one serves the same."""
