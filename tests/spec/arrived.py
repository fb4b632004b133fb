"""The words for how far exports reach: each file with the day that it was made, and what its card says of its days.

    made("2024-03-20", reports(...))
    made("2024-03-20", reports(...), complete_through="2024-03-20")
    made("2024-03-20", reports(...), closed=True)

The first is complete through 19 March, the second was made at the end of its day, the third has all that can come.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from assets.received import InputFile, Received
from assets.round import compute
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.configuration.source_card import SourceCard
from tests.rows import file_of
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, PROGRAMME, REPORTS, Rows
from tests.spec.rounds import Records, day

ROUND = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, EVENTS)


@dataclass(frozen=True)
class Made:
    """An export: its rows, and what its card says of its days."""

    rows: Rows
    card: dict[str, Any]


def made(on: str, rows: Rows, **card: Any) -> Made:
    """An export of a day. Args: card: what else its card says."""
    return Made(rows, {"date": on, **card})


def round_of(
    granted: Made | None,
    reported: Made | None = None,
    told: Made | None = None,
    *more: InputFile,
    as_of: str | None = None,
    programme: Programme = ROUND,
) -> dict[str, Records]:
    """Every table of the round of these exports, on a day or on the round's own. None: that export is not there."""
    said = zip((DECISIONS, REPORTS, EVENTS), (granted, reported, told), strict=True)
    files = [export(form, each) for form, each in said if each]
    return tables(rounds.received([*files, *more], BODIES), as_of, programme)


def export(form: Form, of: Made, name: str | None = None) -> InputFile:
    """An export as a file of its form."""
    file = file_of(form, *of.rows, name=name or f"{form.form}.csv")
    told = {"title": "t", "origin": "o", "licence": "l", "sha256": "0" * 64, "reality": "synthetic"}
    return replace(file, card=SourceCard.model_validate(told | of.card))


def tables(received: Received, as_of: str | None = None, programme: Programme = ROUND) -> dict[str, Records]:
    """Every table of a round, as records."""
    return {name: table.to_pylist() for name, table in compute(received, programme, day(as_of)).items()}


def as_of(made_of: dict[str, Records]) -> str:
    """The day that a round's figures are as of."""
    [row] = made_of["core_round"]
    return str(row["as_of_date"])


def statuses(made_of: dict[str, Records]) -> list[tuple[str, str | None]]:
    """The status of each grant, and since when it is not known."""
    return [(row["status"], _text(row["not_known_since_date"])) for row in made_of["core_account"]]


def _text(told: dt.date | None) -> str | None:
    return str(told) if told else None


def todos(made_of: dict[str, Records]) -> list[str]:
    """What there is to do."""
    return [row["todo"] for row in made_of["core_todo"]]
