"""What kind of row a row is: title, header, data, total, sub-total, footnote or blank. Told by its place and marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assets.domain.reading.forms import Export, Version
from schemas.configuration.forms import Form
from schemas.words.vocabulary import BLANK, DATA, FOOTNOTE, HEADER, SUBTOTAL, TITLE, TOTAL

Texts = Sequence[str | None]


def kind_of(export: Export, version: Version, number: int, slots: Mapping[str, str | None], texts: Texts) -> str:
    """The kind of a row. Args: slots: its texts by slot; texts: all its cells."""
    if number < export.header_row:
        return TITLE
    if number <= export.last_header_row:
        return HEADER
    filled = {at: text for at, text in enumerate(texts) if text is not None}
    if not filled:
        return BLANK
    mark = export.form.total_row
    if mark and slots[mark.field] == mark.text:
        return TOTAL
    return _by_marks(export.form, version, filled) if export.form.identity == "recipient" else DATA


def _by_marks(form: Form, version: Version, filled: Mapping[int, str]) -> str:
    """Data, unless the row names nobody, and a text in it says that it is something else."""
    marks = form.reads.total_rows
    if len(filled) == 1 and _begins(next(iter(filled.values())), marks.footnotes):
        return FOOTNOTE
    amounts = {version.positions[slot] for slot in form.amounts() if slot in version.positions}
    read = set(version.positions.values())
    labels = {at: text for at, text in filled.items() if at not in amounts}
    if len({at for at in labels if at in read}) > 1 or not amounts & filled.keys():
        return DATA
    named = version.positions.get("recipient_name")
    if named in labels and len(labels) > 1:
        labels = {named: labels[named]}
    allowed = {version.positions[field] for field in form.text_fields if field in version.positions}
    texts = [text for at, text in labels.items() if at in allowed or at not in read]
    totals = [*marks.totals, *([form.total_row.text] if form.total_row else [])]
    if any(_is_label(text, marks.subtotals) for text in texts):
        return SUBTOTAL
    return TOTAL if any(_is_label(text, totals) for text in texts) else DATA


def _is_label(text: str, marks: Collection[str]) -> bool:
    """Whether a text is a mark, or begins with one as a word: "Summa Exempellän"."""
    told = text.casefold().rstrip(":").rstrip()
    return any(told == mark.casefold() or told.startswith(f"{mark.casefold()} ") for mark in marks)


def _begins(text: str, marks: Collection[str]) -> bool:
    return text.casefold().startswith(tuple(mark.casefold() for mark in marks))
