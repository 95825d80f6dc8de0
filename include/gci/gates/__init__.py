"""The gates: suites under expectations/ that data must pass before it goes on. None can be switched off."""
