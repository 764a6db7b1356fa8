"""Desks: a generation flows in, opened; whoever asks is answered at one."""
