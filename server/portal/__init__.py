"""The portal: what the catalogue knows flows out as pages, matches, contacts and days."""
