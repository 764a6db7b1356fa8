"""HTTP: requests flow in, limited and known by their keys; refusals flow out in one form."""
