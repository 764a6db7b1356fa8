"""Answering: a plan flows in, an outcome for every part of it flows out, by running it over the records."""
