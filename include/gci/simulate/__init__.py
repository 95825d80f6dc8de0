"""Synthetic returns of a survey round: drawn, written in every format, spoilt here and there, marked to the end."""
