"""Files as they come: looked at, opened within bounds, and read into one stream; one module for each form."""
