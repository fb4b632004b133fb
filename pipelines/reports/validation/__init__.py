"""Validation reports: what was read, what was found, what was left out and why, and what nobody checked.

One page per round and language in every version, a table of its findings to download, and an index over versions.
"""
