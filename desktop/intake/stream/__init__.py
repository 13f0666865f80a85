"""What any document becomes first: paragraphs and table rows in reading order, and how their text is made even."""
