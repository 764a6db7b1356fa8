"""Backup and restore: everything that staff and the service keep flows into one checked file, and out of it again."""
