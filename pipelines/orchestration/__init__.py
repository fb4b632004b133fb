"""Dagster: its resources, its history, its runs from the command line and its user interface."""
