"""The sentences that people read, one module per surface. Codes and facts come in, Chinese goes out."""
