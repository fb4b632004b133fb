"""What a command answers from received files or from the warehouse, without publishing anything."""
