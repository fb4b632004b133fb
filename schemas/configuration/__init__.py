"""The models that read a programme's YAML, and the one walker that says file and line of whatever is wrong."""
