"""Tables as CSV that Swedish Excel opens, and that programs read back to the value.

Semicolons between, decimal comma, UTF-8 with a byte order mark, texts in quotes and all else without, unknown as
nothing between the semicolons. A text that a spreadsheet would take for a formula has an apostrophe before it; so has
one that begins with an apostrophe. Whoever reads takes one away, and has the true text.
"""

from __future__ import annotations

import datetime as dt

from pipelines.downloads.chosen import Sheet

BYTE_ORDER_MARK = "\ufeff"
DELIMITER, QUOTE, LINE_END, DECIMAL_MARK = ";", '"', "\r\n", ","
GUARD = "'"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", GUARD)
"""What a text may begin with that has the apostrophe set before it."""


def csv_file(sheet: Sheet) -> bytes:
    """A table with its columns' names on the first line."""
    names = [field.name for field in sheet.fields]
    lines = [DELIMITER.join(map(_quoted, names))]
    lines.extend(DELIMITER.join(_cell(row[name]) for name in names) for row in sheet.rows)
    return (BYTE_ORDER_MARK + LINE_END.join([*lines, ""])).encode()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(value).replace(".", DECIMAL_MARK)
        case int() | dt.date():
            return str(value)
        case _:
            return _quoted(guarded(str(value)))


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"{GUARD}{text}" if text.startswith(GUARDED) else text


def unguarded(text: str) -> str:
    """The true text again."""
    return text.removeprefix(GUARD)


def _quoted(text: str) -> str:
    return f"{QUOTE}{text.replace(QUOTE, QUOTE * 2)}{QUOTE}"
