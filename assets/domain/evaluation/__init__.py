"""What the evaluation prints: answers, indicators, comparisons between years, printed tables. About columns: pandas."""
