"""알림: companies subscribe, and are told once of what fits them, closes, or was changed."""
