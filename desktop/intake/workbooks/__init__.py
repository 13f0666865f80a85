"""A colleague's filled workbook becomes fields, each with its place and what is wrong with it."""
