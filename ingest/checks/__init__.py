"""Checks: what was read in a sync flows in; what nobody may rely on, and what needs a person's eye, flows out."""
