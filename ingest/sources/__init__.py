"""Collecting notices: what is configured in `sources.yaml` flows in, files with a manifest of their own flow out."""
