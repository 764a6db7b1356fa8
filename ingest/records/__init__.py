"""Records: the labelled lines of one programme flow in, the programme with its facts flows out."""
