"""Every kind of damage in every file of a programme: a stop in one sentence, a finding, or a blind spot named here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.audit.rule_audit import Place, all_places
from tests.integration.bad_input import Ended, damages, ended
from tests.integration.publishing import PROGRAMME

RAW = Path(__file__).parents[2] / "raw"
CURES = ("xportera", "ätta", "Ta reda", "ägg", "Spara", "Gör", "skriv", "Återställ", "Skapa")
"""A sentence that stops a run says what to do in one of these verbs."""

APPLICATIONS = {"ansokningar-2022.csv", "ansokningar-2023.csv"}
FUNDS = {"medel-2022.csv", "medel-2023.csv"}
DECISIONS = {"beslut-2022.xlsx", "beslut-2023.xlsx"}
REPORTS = {"aterrapport-2022.csv", "aterrapport-2023.csv"}
SURVEY = {"enkat-2023.csv"}
EVENTS = {"handelser-2022.csv", "aterkrav-2023.csv", "bokforing-2022.csv"}


@dataclass(frozen=True)
class Known:
    """Files in which a damage passes without a word, and why it must."""

    files: set[str]
    why: str


BLIND_SPOTS = {
    "row_dropped": Known(
        APPLICATIONS | {"medel-2023.csv"}, "no total row, and no other file must mention what is gone"
    ),
    "rows_cut": Known(APPLICATIONS, "no total row, and no other file must mention what is gone"),
    "row_doubled": Known({"aterkrav-2023.csv"}, "a recipient may repay the same amount more than once"),
}
"""A figure or a fact is another, and nothing is said."""

HARMLESS = {
    "columns_swapped_with_headers": Known(
        APPLICATIONS | FUNDS | EVENTS | DECISIONS | REPORTS | SURVEY, "the same table"
    ),
    "blank_rows_between": Known(
        APPLICATIONS | FUNDS | EVENTS | DECISIONS | REPORTS | SURVEY, "the same rows, and none is lost"
    ),
    "footnote_below": Known(APPLICATIONS | FUNDS | EVENTS | DECISIONS | REPORTS, "it is known as a footnote"),
    "file_in_utf_16": Known(APPLICATIONS | FUNDS | EVENTS | REPORTS | SURVEY, "the same text in another encoding"),
    "total_row_missing": Known(DECISIONS, "every amount is there"),
}
"""No figure and no fact is another, so there is nothing to say."""


@pytest.mark.slow
@pytest.mark.parametrize("damage", damages())
def test_damage_is_told_or_a_known_blind_spot(damage: str, tmp_path: Path) -> None:
    outcomes: dict[str, set[str]] = {}
    files = [place for place in all_places(RAW) if place.round.key.programme == PROGRAMME]  # blind spots name them
    for number, place in enumerate(files):
        end = ended(place, damage, tmp_path / str(number))
        if end is not None:
            outcomes.setdefault(end.outcome(place), set()).add(place.path.name)
            no_row_is_lost(end, place)
            the_stop_says_where_and_what_to_do(end, place)
    assert outcomes, "the damage has a place in no file"
    assert outcomes.get("missed", set()) == silent(BLIND_SPOTS, damage)
    assert outcomes.get("harmless", set()) == silent(HARMLESS, damage)


def silent(known: dict[str, Known], damage: str) -> set[str]:
    return known[damage].files if damage in known else set()


def no_row_is_lost(end: Ended, place: Place) -> None:
    if end.tables is None:
        return
    [funnel] = [row for row in end.tables["core_funnel"].to_pylist() if row["source_file"] == place.file.path]
    fates = [funnel[f"{fate}_count"] for fate in ("accepted", "superseded", "excluded", "quarantined")]
    assert funnel["received_count"] == sum(fates) == end.rows, place.path.name


def the_stop_says_where_and_what_to_do(end: Ended, place: Place) -> None:
    if end.stop is None:
        return
    told = str(end.stop)
    assert place.path.stem in told, told
    assert any(cure in told for cure in CURES), told
    assert "\n" not in told
