"""Lines: the sections of a document flow in; labelled lines, names, bodies and contacts flow out."""
