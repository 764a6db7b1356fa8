"""Pages: what is told to the public flows in, HTML that works without a script flows out."""
