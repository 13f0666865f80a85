"""What must be reached: indicators, comparators, values, units of measure, deadlines, scopes."""
