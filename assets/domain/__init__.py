"""HOW it is computed: pure functions from frames to frames, on any engine. No Dagster, no SQL, no files."""
