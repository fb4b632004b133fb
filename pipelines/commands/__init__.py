"""The command line: one file per command of `statsbidrag`, and what they share."""
