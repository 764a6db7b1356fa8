"""Review: what a person should look at flows out by harm and in classes; what staff decide and announce flows in."""
