"""Labels: sections of a document flow in, lines with the field that each names, and its value, flow out."""
