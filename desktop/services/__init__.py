"""What users do, one function a verb: the whole job without a window."""
