"""Gathering: what a partner offers on the network → the inbox folder of its source, once, whole, or not at all."""
