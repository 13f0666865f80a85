"""Damaged documents by the thousand: `python3 dev.py fuzz`."""
