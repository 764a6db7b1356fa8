"""Standing: what documents say of one programme flows in; whose word counts flows out."""
