"""Identity: a document flows in, which programmes it describes, who gives each and what tells it apart flow out."""
