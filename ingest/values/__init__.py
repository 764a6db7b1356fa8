"""Values: words of a document flow in; the sums, shares, days, sizes and places they state flow out."""
