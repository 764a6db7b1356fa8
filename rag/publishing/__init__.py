"""Publishing: what is served and a candidate flow in; what a person has to decide before that is served flows out."""
