"""What goes wrong in real returns, planted on purpose: each fault with the verdict that collection owes it."""
