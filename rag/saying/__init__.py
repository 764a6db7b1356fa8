"""Saying: the outcomes of a plan flow in, a draft of short lines, each with its evidence, flows out."""
