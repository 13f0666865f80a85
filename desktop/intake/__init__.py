"""A plan document becomes a draft with what is doubtful about it."""

from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan

__all__ = ["Lexicon", "read_plan"]
