"""The words for associations, companies and others that go by organisation numbers. A line is a row of a file.

    register("889999-0009 | Exempelföreningen | nonprofit_association")      a register that the programme declares
    decided("Exempelföreningen | 889999-0009 | 100 000")                      who, by which number, how much
    outcome(decided(...), register(...))                                      what became of each row, and what is found

No number here is anybody's: the last four digits of the personal ones are those that the Tax Agency keeps for tests.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.reading.registers import COLUMNS, NEEDED, bodies_in
from assets.received import Cell, CorrectionLog, InputFile, Received, Register
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form
from tests.rows import body, file_of_cells
from tests.spec import rounds
from tests.spec.language import EVENTS, PROGRAMME

ON = dt.date(2024, 6, 30)
COUNTIES = {"99": "Exempellän"}
MUNICIPALITY = body("9901", "Exempelkommun 01")
KINDS = ("company", "nonprofit_association", "foundation", "sole_trader")

ASSOCIATION = "889999-0009"
COMPANY = "559999-0008"
FOUNDATION = "829999-0005"
TRADER, TRADER_NAME, TRADER_CODE = "900101-9802", "Exempla Fiktivsson", "00001"

DECIDED = Form(
    form="decided",
    title=Label(sv="Beslut", en="Decisions"),
    fills="core_decision",
    identity="recipient",
    fields={
        "recipient_name": "Mottagare",
        "recipient_code": "Organisationsnummer",
        "granted_sek": "Beviljat",
        "case_number": "Dnr",
    },
)
REPORTED = Form(
    form="reported",
    title=Label(sv="Redovisning", en="Reports"),
    fills="core_usage_report",
    identity="recipient",
    fields={
        "recipient_name": "Namn",
        "recipient_code": "Org.nr",
        "used_sek": "Använt",
        "unused_sek": "Kvar",
    },
)
SLOTS = ("recipient_name", "recipient_code", "granted_sek", "case_number")
OF_REPORTS = ("recipient_name", "recipient_code", "used_sek", "unused_sek")


def register(*lines: str, columns: Sequence[str] = NEEDED, name: str = "foreningar.csv", **card: Any) -> InputFile:
    """A register of the programme. A line: its cells in order of the columns."""
    rows = [[part.strip() or None for part in line.split("|")] for line in lines]
    return register_of_cells([list(columns), *rounds.even([list(columns), *rows])[1:]], name=name, **card)


def register_of_cells(cells: Iterable[Sequence[Cell]], name: str = "foreningar.xlsx", **card: Any) -> InputFile:
    """A register as its cells stand."""
    return replace(file_of_cells(*cells, **card), path=f"reference/{name}")


WITH_CODES = (*NEEDED, "recipient_code")
EVERY_COLUMN = COLUMNS
SOUND = register(
    f"{ASSOCIATION} | Exempelföreningen | nonprofit_association",
    f"{COMPANY} | Exempelbolaget AB | company",
    f"{FOUNDATION} | Exempelstiftelsen | foundation",
    f"{TRADER} | {TRADER_NAME} | sole_trader | {TRADER_CODE}",
    columns=WITH_CODES,
)


def decided(*lines: str, form: Form = DECIDED, beyond: str | None = None) -> InputFile:
    """Decisions. A line: who | number | how much | case number; `beyond`: what stands right of the last one."""
    said = [_said(SLOTS, line) for line in lines]
    cells = rounds.sheet_of(form, said, beyond=[beyond] if beyond else [])
    return file_of_cells(*cells, name=f"{form.form}.csv", date=rounds.LONG_AGO, made=rounds.LONG_AFTER)


def reported(*lines: str, form: Form = REPORTED) -> InputFile:
    """Reports. A line: who | number | used | unused."""
    return rounds.file(form, *(_said(OF_REPORTS, line) for line in lines))


def _said(slots: Sequence[str], line: str) -> dict[str, str | None]:
    return {slot: part.strip() or None for slot, part in zip(slots, line.split("|"), strict=False)}


@dataclass(frozen=True)
class Outcome:
    """A round of such recipients: every table of it."""

    tables: dict[str, rounds.Records]

    @property
    def granted(self) -> dict[str, int]:
        """What was granted to whom, by code."""
        return {row["recipient_code"]: row["granted_sek"] for row in self.tables["core_decision"]}

    @property
    def found(self) -> list[tuple[str, str | None]]:
        """Each rule that found something in received rows, and in which column, but for what every such round has."""
        return [(row["rule"], row["source_column"]) for row in self.tables["raw_finding"]]

    @property
    def published(self) -> str:
        """Everything that is published of it, as one text."""
        return repr({name: rows for name, rows in self.tables.items() if not name.startswith("raw_")})


def received(files: Sequence[InputFile], *registers: InputFile) -> Received:
    """The files of a round, its own registers, and one municipality."""
    bodies, faults = bodies_in(registers, COUNTIES, [MUNICIPALITY])
    known = Register([MUNICIPALITY, *bodies], registers, faults)
    return replace(rounds.received(files, []), register=known)


def outcome(
    *files: InputFile,
    registers: Sequence[InputFile] = (SOUND,),
    forms: Sequence[Form] = (DECIDED, REPORTED),
    kinds: Sequence[str] = KINDS,
    log: CorrectionLog | None = None,
    **more: Any,
) -> Outcome:
    """A round for companies, associations, foundations and sole traders. Forms without a file have one without rows."""
    there = {file.name for file in files}
    empty = [rounds.file(form) for form in (*forms, EVENTS) if f"{form.form}.csv" not in there]
    paths = tuple(file.path for file in registers)
    programme = rounds.programme_of(PROGRAMME, *forms, EVENTS, recipients=tuple(kinds), registers=paths, **more)
    arrived = replace(received([*files, *empty], *registers), log=log)
    return Outcome(rounds.tables_of(arrived, programme, ON))
