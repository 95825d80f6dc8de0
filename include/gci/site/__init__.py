"""What people read: a static site made from a published or candidate file, readable without network or JavaScript.

`content` reads the file, `pages` says which pages there are, `templates/` what stands on each, `write` writes them, and
`read_back` holds every figure that the pages show against the file again.
"""
