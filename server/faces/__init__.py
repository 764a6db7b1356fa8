"""Faces: questions in the form of other software flow in, the same answers flow out in that form."""
