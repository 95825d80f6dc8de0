"""What a deployment on several machines needs once, before its services start: `python -m gci.orchestration.deploy`."""
