"""Staff: what became of the corpus flows out to whoever keeps it, and their work flows in."""
