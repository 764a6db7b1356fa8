"""The consulting file of a company: what was seen, planned, run and measured flows in, documents flow out."""
