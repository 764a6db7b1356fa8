"""Files: the corpus folder flows in; what is made of each of its files alone, or was made of it before, flows out."""
