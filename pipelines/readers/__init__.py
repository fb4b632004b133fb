"""Readers of what is received. Everything here treats its input as untrusted."""
