"""Rooms: what consultants and staff may do flows in, pages of Gradio that let them do it flow out."""
