"""The GCI warehouse: collects survey returns, builds, gates and publishes the Global Cybersecurity Index."""
