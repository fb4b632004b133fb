"""Drawn stories of a round: decisions, reports, supplements, corrections and events, on few days and in any order."""

import datetime as dt
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from assets.received import Received
from tests.spec import rounds
from tests.spec.language import REPORTS
from tests.spec.time_language import (
    CORRECTED,
    EVENT_WORDS,
    EVERYTHING,
    NOTHING_ELSE,
    START,
    STATUSES,
    Said,
    received_of,
    report,
    said,
)

WHO = ("Exempelkommun 01", "Exempelkommun 02")
AMOUNT = st.integers(0, 1_000_000)
UNREADABLE = st.sampled_from(["se bilaga", "ca 5 000", "-", "-5"])
"""What stands in a box instead of an amount: that is unknown, and the report stands."""

DAYS = [START + dt.timedelta(days=number) for number in range(1, 13)]
DAY = st.sampled_from(DAYS).map(dt.date.isoformat)
"""Few days, so that much happens on the same one."""

CASES = ("EX 1", "EX 9", "EX 2")
"""The case numbers of the decisions, where any of a story has one: EX 1 and EX 2 are the first recipient's."""

Drawn = tuple[str, str, str, dict[str, int]]


@st.composite
def stories(draw: st.DrawFn) -> list[Said]:
    """What became known of a round: every recipient has a decision; all else may be, also a second decision."""
    granted = [(START.isoformat(), who, "beslut", {"granted_sek": draw(AMOUNT)}) for who in WHO]
    cases: list[str | None] = [None]
    if draw(st.booleans()):
        granted.append((draw(DAY), WHO[0], "beslut", {"granted_sek": draw(AMOUNT)}))
        cases = [None, "EX 1", "EX 2"]
    later = draw(st.lists(st.one_of(_of_reports(), _of_events()), min_size=1, max_size=10, unique_by=_once))
    drawn = [*zip(granted, CASES, strict=False), *((line, draw(st.sampled_from(cases))) for line in later)]
    return [
        said(number, on, who, what=what, amounts=amounts, case=case if len(cases) > 1 else None)
        for number, ((on, who, what, amounts), case) in enumerate(drawn, 10)
    ]


def _once(drawn: Drawn) -> object:
    """Of one day a decision is adjusted once: of several the last in the file would hold."""
    on, who, what, amounts = drawn
    return (on, who, what) if what == "ändrat beslut" else (on, who, what, tuple(amounts.items()))


def _of_reports() -> st.SearchStrategy[Drawn]:
    told = st.one_of(AMOUNT, AMOUNT, UNREADABLE)
    amounts = st.fixed_dictionaries({"used_sek": told, "unused_sek": told})
    return st.tuples(DAY, st.sampled_from(WHO), st.sampled_from([*STATUSES, CORRECTED]), amounts)


def _of_events() -> st.SearchStrategy[Drawn]:
    amounts = st.fixed_dictionaries({"amount_sek": AMOUNT})
    return st.tuples(DAY, st.sampled_from(WHO), st.sampled_from(list(EVENT_WORDS)), amounts)


@st.composite
def replaced_stories(draw: st.DrawFn) -> Received:
    """A story whose export of reports is replaced: rows are gone, or otherwise, and in another order."""
    lines = [row for row in draw(stories()) if row["what"] != CORRECTED]
    first = received_of(lines)
    changed: list[Said] = []
    for row in (row for row in lines if row["what"] in STATUSES):
        fate = draw(st.sampled_from(["kept", "gone", "otherwise"]))
        if fate != "gone":
            more = draw(AMOUNT) if fate == "otherwise" else row["amounts"]["unused_sek"]
            changed.append({**row, "amounts": {**row["amounts"], "unused_sek": more}})
    again = rounds.file(
        REPORTS,
        *map(report, draw(st.permutations(changed))),
        name="again.csv",
        date=draw(st.sampled_from(DAYS)),
        replaces=f"{REPORTS.form}.csv",
    )
    return replace(first, files=[*first.files, again])


SOURCES = st.sampled_from([EVERYTHING, NOTHING_ELSE])
tried = settings(max_examples=25, deadline=None)
"""Each story takes some milliseconds."""
