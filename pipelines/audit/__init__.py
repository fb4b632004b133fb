"""Known faults planted on purpose, to see which rules find them."""
