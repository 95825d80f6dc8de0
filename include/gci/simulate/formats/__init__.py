"""One file per format in which a return can be sent; each writes what `gci.collect` has to read."""
