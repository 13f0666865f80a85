"""Figures, each beside its floor: the same work with nothing of ours in the way, in the same run."""
