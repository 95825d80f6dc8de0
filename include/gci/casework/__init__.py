"""The state of a survey round: who has sent what, what is open about it, and what its focal points are asked."""
