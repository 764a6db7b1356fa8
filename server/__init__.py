"""The outside face: commands and HTTP requests flow in, answers flow out."""

VERSION = "0.1.0"
