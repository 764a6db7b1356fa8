"""Answering: questions flow in, cited answers flow out; the words of the product live here."""
