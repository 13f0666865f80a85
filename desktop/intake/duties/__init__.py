"""Who leads, supports and implements: the grammar of responsibility, its words, rules that are said once."""
