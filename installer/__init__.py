"""Builds the offline Windows installer on Linux; see README.md beside this file."""
