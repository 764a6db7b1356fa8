"""Diagnosis: a company with its survey flows in; what fits it, what it costs and what to do next flows out."""
