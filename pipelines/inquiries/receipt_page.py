"""The page of a receipt: a letter in plain words, of which nothing anticipates a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from assets.domain.receipt import Cell, Point, Sent
from assets.domain.receipt_figures import Amount, Answered
from pipelines.inquiries.reply import Reply
from pipelines.reports.summary import printable
from pipelines.reports.swedish import formatted, kronor
from pipelines.reports.templates import page
from schemas.texts.catalogue import known, text
from schemas.words.vocabulary import ACCEPTED, ANSWERED, Language

TEMPLATE = "receipt.html.j2"
QUOTED = 120
"""So many characters of a cell are quoted on the page; the workbook has it whole."""

Told = tuple[str, str, str]
"""A line of a table: what it is, now, and in the earlier round."""


def page_name(reply: Reply, language: Language) -> str:
    """What the page is called."""
    return f"{text('reply_file', language)}-{reply.receipt.code}.html"


def book_name(reply: Reply, language: Language) -> str:
    """What the workbook beside it is called."""
    return f"{text('reply_file', language)}-{reply.receipt.code}.xlsx"


def receipt_page(reply: Reply, language: Language) -> str:
    """The receipt as one page, with nothing remote in it."""
    return page(TEMPLATE, language, **content(reply, language))


def content(reply: Reply, language: Language) -> dict[str, Any]:
    """What stands in a receipt, in words, whatever it is written as."""
    told, programme = reply.receipt, reply.programme
    title = programme.title.sv if language == "sv" else programme.title.en
    numbers = [grant.case_number for grant in told.grants if grant.case_number]
    return {
        "is_example": reply.is_example,
        "agency": programme.agency,
        "recipient": told.name,
        "about": text("reply_about", language).format(title=title, year=reply.round["year"]),
        "case_numbers": ", ".join(dict.fromkeys(numbers)),
        "as_of": written_day(reply.round["as_of_date"], language),
        "version": reply.version,
        "foot": text("reply_foot", language).format(title=title, year=reply.round["year"], version=reply.version),
        "summary": summary(reply, language),
        "nothing_counts": not any(sent.fate == ACCEPTED for sent in told.sent),
        "book": book_name(reply, language),
        "mend": [(point.said, wrote(point, told.sent, language)) for point in told.to_mend],
        "marks_cells": any(point.column for point in told.to_mend),
        "ours": [point.said for point in told.ours],
        "ours_more": _more(told.ours_count, language),
        "year": reply.round["year"],
        "earlier": reply.earlier,
        "amounts": [amount_line(each, language) for each in told.together],
        "grants": _grants(reply, language),
        "answers": [answer_line(each, reply, language) for each in _answers(reply)],
        "sent": [sent_line(each, reply, language) for each in told.sent],
        "corrected": [(cell.header, quoted(cell, language), cell.corrected) for cell in told.corrected],
    }


def summary(reply: Reply, language: Language) -> str:
    """How much the recipient is asked to mend, in a sentence."""
    count = len(reply.receipt.to_mend)
    name = {0: "reply_all_clear", 1: "reply_one"}.get(count, "reply_some")
    return text(name, language).format(count=count)


def _more(count: int, language: Language) -> str:
    if not count:
        return ""
    return text("reply_ours_more_one" if count == 1 else "reply_ours_more", language).format(count=count)


def _grants(reply: Reply, language: Language) -> list[tuple[str, list[Told]]]:
    """Each grant by itself, where there are several."""
    grants = reply.receipt.grants
    if len(grants) < 2:  # noqa: PLR2004 - one grant is in the table of all
        return []
    return [(each.case_number or each.grant_id, [amount_line(of, language) for of in each.amounts]) for each in grants]


def _answers(reply: Reply) -> Sequence[Answered]:
    """The answers; of several grants those of each, one after the other."""
    return [answered for grant in reply.receipt.grants for answered in grant.answers]


def amount_line(amount: Amount, language: Language) -> Told:
    """One amount, and the one of the earlier round or why it is not there."""
    label = "reply_used_derived" if amount.is_derived else f"reply_{amount.name}"
    now = text("reply_unread", language) if amount.now is None else kronor(amount.now, language)
    then = "" if amount.then is None else kronor(amount.then, language)
    why_not = text(f"reply_why_{amount.why_not}", language) if amount.why_not else ""
    if not then and not why_not:
        then = text("reply_unread", language)
    return text(label, language), now, f"{then} ({why_not})" if then and why_not else then or why_not


def answer_line(answered: Answered, reply: Reply, language: Language) -> Told:
    """One question, what was answered, and what was the round before."""
    label = reply.programme.questions[answered.question]
    then = said_of(answered.then, language) if answered.then is not None else ""
    why_not = text(f"reply_why_{answered.why_not}", language) if answered.why_not else ""
    now = (
        said_of(answered.said, language)
        if answered.status == ANSWERED
        else text(f"reply_status_{answered.status}", language)
    )
    return (
        label.sv if language == "sv" else label.en,
        now,
        f"{then} ({why_not})" if then and why_not else then or why_not,
    )


def said_of(chosen: Sequence[str], language: Language) -> str:
    """The options that were chosen."""
    return "; ".join(chosen) or text("reply_nothing_chosen", language)


def sent_line(sent: Sent, reply: Reply, language: Language) -> Told:
    """One answer that was sent: when, where we have it, and what became of it."""
    file, row = sent.place
    where = text("reply_row", language).format(file=file.rpartition("/")[2], row=row)
    return written_moment(sent.submitted_at, language), where, fate(sent, reply, language)


def fate(sent: Sent, reply: Reply, language: Language) -> str:
    """What became of a row, in a sentence."""
    late = _days_late(sent, reply) if sent.fate == ACCEPTED else 0
    if late:
        return text("reply_fate_late_one" if late == 1 else "reply_fate_late", language).format(count=formatted(late))
    name = f"reply_fate_{sent.rule}"
    return text(name if sent.rule and known(name) else f"reply_fate_{sent.fate}", language)


def _days_late(sent: Sent, reply: Reply) -> int:
    grant = next((each for each in reply.receipt.grants if each.grant_id == sent.grant_id), None)
    if not sent.is_late or grant is None or grant.due_date is None or not sent.submitted_at:
        return 0
    due: dt.date = grant.due_date
    return max(0, (dt.date.fromisoformat(sent.submitted_at[:10]) - due).days)


def wrote(point: Point, rows: Sequence[Sent], language: Language) -> str | None:
    """What stood in the cell that a point is about; None where it is about no cell."""
    cells = (cell for sent in rows for cell in sent.cells if sent.place == point.place and point in cell.points)
    cell = next(cells, None)
    return None if cell is None else quoted(cell, language)


def quoted(cell: Cell, language: Language) -> str:
    """A cell as it is quoted: no longer than a line or two, and nothing in it that is not seen."""
    if cell.written is None:
        return text("reply_hidden", language)
    clean = printable(cell.written)
    left = len(clean) - QUOTED
    return text("reply_blank", language) if not clean else clean if left <= 0 else f"{clean[:QUOTED]}…"


def written_moment(moment: str | None, language: Language) -> str:
    """A day and a time of day as they are written: 9 februari 2026 kl. 11.00."""
    if not moment:
        return text("reply_sent_no_day", language)
    day, _, hour = moment.replace("T", " ").partition(" ")
    try:
        told = written_day(dt.date.fromisoformat(day), language)
    except ValueError:
        return moment
    return (
        f"{told} kl.\N{NO-BREAK SPACE}{hour[:5].replace(':', '.')}"
        if hour and language == "sv"
        else f"{told} {hour[:5]}".strip()
    )


def written_day(day: dt.date, language: Language) -> str:
    """A day as a letter has it: 9 februari 2026."""
    return f"{day.day}\N{NO-BREAK SPACE}{text(f'month_{day.month}', language)} {day.year}"
