"""What people open: validation, evaluation, letters, working papers, and how Swedish is written."""
