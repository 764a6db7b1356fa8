"""The command line: what was asked, read or counted flows in; lines on a terminal flow out."""
