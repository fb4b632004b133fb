"""From received cells to what they say: forms, amounts, dates, names, answers, corrections."""
