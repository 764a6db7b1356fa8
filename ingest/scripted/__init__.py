"""Sources of notices that play a part: rows and faults flow in, a portal on this machine flows out; for trials."""
