"""A plan document becomes a draft with what is doubtful about it; a filled workbook becomes fields."""
