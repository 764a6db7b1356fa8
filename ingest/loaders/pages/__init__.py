"""Pages: files of pages as they are printed flow in, read by text or by sight, their Documents flow out."""
