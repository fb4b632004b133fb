"""How the names of received files end, for those that ask what a file is and do not read it."""

XML, JSON, ARCHIVE = ".xml", ".json", ".zip"
JSON_LINES = (".jsonl", ".ndjson")
NESTED = (XML, JSON, *JSON_LINES, ARCHIVE)
"""Submissions one after another, each with parts of its own."""

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
"""Sheets of cells with types. The last one is known only to be refused by its name."""

TEXTS = (".csv", ".tsv")
"""Delimited text."""

TABULAR = (*TEXTS, *WORKBOOKS, *NESTED)
"""What is read as rows and columns."""
