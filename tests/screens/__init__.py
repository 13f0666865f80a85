"""Every page as a picture, with the sample's data: `python3 dev.py screens DIR`."""
