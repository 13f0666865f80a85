"""Rows of tables become measures, whatever the columns are called."""
