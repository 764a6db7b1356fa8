"""The chat page: a person's words flow in, an answer with its sources is drawn."""
