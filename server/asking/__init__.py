"""Asking: a question flows in as JSON, its answer flows out in the forms that callers read."""
