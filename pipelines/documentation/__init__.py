"""The pages of `docs/` that are generated, and the lists that commands show of the same."""
