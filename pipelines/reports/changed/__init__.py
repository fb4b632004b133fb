"""What changed between two versions: the one way to compare them, for commands, the validation report and its pages."""
