"""Drafts of the letters that a list of things to do takes: reminders and notices. Nothing is sent, nothing decided.

What only an official can say (the day, the name, how long there is to reply) stands in brackets, to be filled in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipelines.inquiries.case_list import RoundCases, Row
from pipelines.reports.swedish import formatted
from pipelines.reports.word import Letter, Section, letter_bytes
from pipelines.warehouse import files
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import REAL, SYNTHETIC, Language

LETTERS = {
    "remind_of_report": "reminder_of_report",
    "decide_on_missing_report": "notice",
    "decide_on_unused": "notice",
    "decide_on_difference": "notice",
    "decide_on_disallowed": "notice",
    "hear_on_unpaid": "notice",
    "remind_of_payment": "reminder_of_payment",
}
"""The letter that something to do takes; the rest takes none."""

NOT_IN_NAMES = r"[^\w.-]+"
"""What a case number has and no file's name: a slash, a space."""

SV: Language = "sv"
"""Recipients are written to in Swedish, whatever language messages have."""


def write(cases: RoundCases, folder: Path, language: Language) -> list[str]:
    """Write the drafts of a round as Word files, and say how many, and how many not.

    Raises: Stop if the folder holds anything already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Stop("drafts_need_a_folder", folder=folder)
    wanted = [todo for todo in cases.todos if todo["todo"] in LETTERS]
    allowed = [todo for todo in wanted if may_be_written_to(todo, cases.round)]
    contents = {file_name(todo): letter_bytes(letter(todo, cases.round)) for todo in allowed}
    with files.write_failures(str(folder)):
        files.write_all(folder, contents)
    return list(_told(folder, sorted(contents), len(wanted) - len(allowed), language))


def may_be_written_to(todo: Row, this_round: Row) -> bool:
    """A real recipient is written to only in a round that is wholly real: else what is said of it may be invented."""
    return bool(this_round["provenance"] == REAL or todo["provenance"] == SYNTHETIC)


def _told(folder: Path, names: list[str], left_out: int, language: Language) -> Iterator[str]:
    if names:
        yield text("drafts_written", language).format(folder=folder, count=len(names))
        yield from (f"  {name}" for name in names)
    if left_out:
        yield text("drafts_left_out", language).format(count=left_out)
    if not names and not left_out:
        yield text("drafts_none", language)


def file_name(todo: Row) -> str:
    """What the draft is, and to whom; of which grant where the recipient has several."""
    grant = f"-{re.sub(NOT_IN_NAMES, '-', todo['grant'])}" if todo["grant"] else ""
    return f"{_of(LETTERS[todo['todo']], 'file')}-{todo['recipient_code']}{grant}.docx"


def letter(todo: Row, this_round: Row) -> Letter:
    """The letter for one thing to do."""
    programme, kind = catalogue.programme(this_round["programme"]), LETTERS[todo["todo"]]
    number = todo["case_number"] or text("draft_unknown_number", SV)
    marks = ["draft_header"] + (["draft_example"] if todo["provenance"] == SYNTHETIC else [])
    return Letter(
        marks=[text(name, SV) for name in marks],
        sender=programme.agency,
        facts=[text("draft_case_number", SV).format(case_number=number), text("draft_date", SV)],
        recipient=todo["recipient_name"],
        title=text(f"draft_{kind}_title", SV),
        sections=list(_sections(kind, todo, this_round, programme)),
        closing=[text("draft_signature", SV), text("draft_contact", SV)],
    )


def _sections(kind: str, todo: Row, this_round: Row, programme: Programme) -> Iterator[Section]:
    values = _values(todo, this_round, programme)
    yield Section(_of(kind, "matter"), [_of(kind, "text").format(**values), *_rests_on(todo, values)])
    if kind == "notice":
        evidence = [_ground(each, programme) for each in todo["candidates"]] or [_of(kind, "no_ground")]
        yield Section(_of(kind, "evidence"), evidence, is_list=True)
        yield Section(text("draft_candidates", SV), [text("draft_candidates_text", SV)])
    yield Section(_of(kind, "ask"), [_of(kind, "asked").format(**values)])


def _rests_on(todo: Row, values: Mapping[str, object]) -> Iterator[str]:
    """Which export it is that tells that nothing has come, and up to which day."""
    if todo.get("exported_date"):
        yield text("draft_rests_on", SV).format(**values)


def _of(kind: str, part: str) -> str:
    return text(f"draft_{kind}_{part}", SV)


def _values(todo: Row, this_round: Row, programme: Programme) -> Mapping[str, object]:
    as_of: dt.date = this_round["as_of_date"]
    return {
        "agency": programme.agency,
        "recipient": todo["recipient_name"],
        "title": programme.title.sv,
        "year": this_round["year"],
        "granted": _amount(todo["granted_sek"]),
        "amount": _amount(todo["amount_sek"]),
        "report_due": written_day(todo["report_due_date"]),
        "due": written_day(todo["due_date"]),
        "claimed": written_day(todo["claimed_date"]),
        "known": written_day(todo.get("known_through_date") or as_of),
        "exported": written_day(todo.get("exported_date")),
        "reply_by": _reply_by(as_of, programme),
    }


def _reply_by(as_of: dt.date, programme: Programme) -> str:
    """The last day to reply: so many days from now as the programme declares, or else for the official to set."""
    if programme.reply_days is None:
        return text("draft_reply_by_official", SV)
    return text("draft_reply_by", SV).format(day=written_day(as_of + dt.timedelta(programme.reply_days)))


def _amount(value: int | None) -> str:
    return text("draft_unknown_amount", SV) if value is None else formatted(value)


def written_day(day: dt.date | None) -> str:
    """A day as a letter has it: 1 februari 2024; brackets to fill in where it is not known."""
    if day is None:
        return text("draft_unknown_day", SV)
    return f"{day.day}\u00a0{text(f'month_{day.month}', SV)} {day.year}"


def _ground(candidate: Row, programme: Programme) -> str:
    """One candidate ground: the provision, what it says, and the evidence."""
    ordinance = programme.ordinance
    is_read = ordinance.status == "confirmed"
    return _of("notice", "ground").format(
        section=candidate["section_sv"],
        reference=ordinance.reference,
        preliminary="" if is_read else text("draft_preliminary", SV),
        says=ordinance.provisions[candidate["provision"]].says.sv,
        evidence=candidate["evidence_sv"],
    )
