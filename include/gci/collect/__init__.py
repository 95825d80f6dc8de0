"""Collection: every file that arrives is checked, then lands once or goes to quarantine with a report."""
