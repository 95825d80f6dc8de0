"""What is known beforehand: editions, frameworks, member states, their names and labels."""
