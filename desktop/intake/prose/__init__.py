"""Lines become paragraphs, paragraphs tasks, tasks measures."""
