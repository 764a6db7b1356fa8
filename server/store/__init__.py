"""The store: what the server itself remembers flows in as rows of its database, and is read back."""
