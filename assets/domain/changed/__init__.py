"""What differs between two versions of a round, and why: a cause is told only where it can be shown."""
