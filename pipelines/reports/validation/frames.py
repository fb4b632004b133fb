"""The tables of a page: how each begins, and what its columns are called where a narrow screen stacks its cells."""

from __future__ import annotations

from markupsafe import Markup

BEGINS = Markup(
    '<div class="scroll" role="region" aria-label="{caption}" tabindex="0"><table class="stack" id="t-{name}">'
    "<thead><tr>{columns}</tr></thead>"
)
OF_NUMBERS = "#"
"""Begins the label of a column of numbers."""


class Frames:
    """The tables of one page, as its templates begin them."""

    def __init__(self) -> None:
        """None yet."""
        self._columns: dict[str, list[str]] = {}

    def begin(self, name: str, caption: str, *columns: str) -> Markup:
        """The beginning of a table, up to its rows. Args: caption: unique on the page; columns: `#` before numbers."""
        self._columns[name] = [column.removeprefix(OF_NUMBERS) for column in columns]
        heads = Markup("").join(_head(column) for column in columns)
        return BEGINS.format(name=name, caption=caption, columns=heads)

    def labels(self) -> Markup:
        """The rules of a style sheet that write the label of a column before each of its cells."""
        rules = (
            f"#t-{name} tbody tr>:nth-child({number})::before{{content:{quoted(label)}}}"
            for name, columns in self._columns.items()
            for number, label in enumerate(columns[1:], start=2)
        )
        return Markup("\n".join(rules))  # noqa: S704 - names are the templates' own, labels are quoted


def _head(column: str) -> Markup:
    kind = Markup(' class="number"') if column.startswith(OF_NUMBERS) else Markup("")
    return Markup('<th scope="col"{}>{}</th>').format(kind, column.removeprefix(OF_NUMBERS))


def quoted(text: str) -> Markup:
    """A text as a string of a style sheet: whatever is no letter or digit of ASCII as its number."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} " for letter in text)
    return Markup(f'"{letters}"')  # noqa: S704 - nothing of it but letters, digits and escapes
