"""Pages: who asks with a browser flows in, HTML of `ui.pages` flows out; every function works without a script."""
