"""Reading: corpus files flow in, an immutable generation of index and catalogue flows out."""
