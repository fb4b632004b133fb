"""How the names of received files end, for those that ask what a file is and do not read it."""

XML, JSON, ARCHIVE = ".xml", ".json", ".zip"
NESTED = (XML, JSON, ARCHIVE)
"""Submissions one after another, each with parts of its own."""
