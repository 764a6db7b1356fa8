"""Hangul: the files of the Korean word processor flow in, their Documents flow out."""
