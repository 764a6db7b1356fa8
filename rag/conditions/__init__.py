"""Conditions: a programme, a company and a day flow in; whether it may apply, part by part, flows out."""
