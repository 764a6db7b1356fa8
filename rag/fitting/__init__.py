"""Fitting: rows of questions with what answers them flow in; the weights that answering goes by flow out."""
