"""Reading: a question flows in, its plan flows out, by what labelled readings have taught."""
