"""The revisions, one module each, in the order their numbers tell."""
