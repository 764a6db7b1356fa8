"""Publishing: a candidate flows in; what it changes is checked, decided by people, and served or taken back."""
