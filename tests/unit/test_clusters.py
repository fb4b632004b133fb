"""Rows of one recipient are counted in clusters; that they are is nothing that the ledger shows."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain import past
from assets.domain.clusters import Cluster, clusters_of
from assets.domain.placing import is_of_grant
from assets.domain.reading.spans import Span
from tests.rows import correction
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, PROGRAMME, REPORTS
from tests.spec.money_words import LAST_DAY

NAME = "Exempelkommun 0"
CASES = st.sampled_from(["EX 1", "EX 2", "EX 3", "EX 9", None])
DAY = st.integers(1, 6)
WHO = st.integers(1, 2)
DECIDED = st.lists(st.tuples(WHO, CASES, DAY), max_size=6)
SENT = st.lists(st.tuples(WHO, CASES, DAY), max_size=5)
MOVED = st.lists(st.tuples(WHO, CASES, DAY, st.sampled_from(["1", "2", None]), st.booleans()), max_size=6)
MENDED = st.lists(st.tuples(st.integers(0, 5), CASES, DAY), max_size=2, unique_by=lambda each: each[0])


def on(day: int) -> str:
    return f"2024-01-{day:02}"


def received(decided: Any, sent: Any, moved: Any, mended: Any) -> Any:
    granted = [
        {"recipient_name": f"{NAME}{who}", "case_number": case, "decided_date": on(day), "granted_sek": f"{n + 1}00"}
        for n, (who, case, day) in enumerate(decided)
    ]
    reported = [
        {"recipient_name": f"{NAME}{who}", "case_number": case, "submitted_at": on(day), "unused_sek": str(n)}
        | {"submission_status": "Inlämnad"}
        for n, (who, case, day) in enumerate(sent)
    ]
    told = [
        {"recipient_name": f"{NAME}{who}", "case_number": case, "recorded_date": on(day), "amount_sek": "7"}
        | {
            "event": "Återbetalning",
            "event_no": None if is_back else number,
            "reverses_no": number if is_back else None,
        }
        for who, case, day, number, is_back in moved
    ]
    cells = [
        correction(
            file="events.csv",
            row=2 + n,
            column="Diarienummer",
            old=moved[n][1],
            new=case,
            date=dt.date.fromisoformat(on(day)),
        )
        for n, case, day in mended
        if n < len(moved) and moved[n][1] != case
    ]
    said = ((REPLACING, granted), (REPORTS, reported), (EVENTS, told))
    files = [rounds.file(form, *rows) for form, rows in said]
    return rounds.received(files, BODIES, cells)


REPLACING = DECISIONS.model_copy(update={"same_case": "replaces"})
ROUND = rounds.programme_of(PROGRAMME, REPLACING, REPORTS, EVENTS)


def all_together(spans: Sequence[Span]) -> list[Cluster]:
    return [Cluster([span for span in spans if is_of_grant(span.row)])]


def ledger(of: Any) -> list[tuple[Any, ...]]:
    entries = past.ledger_of(rounds.history_of(of, ROUND), LAST_DAY, "accept")
    return sorted(
        (each.entry_id, each.recorded_date, each.amount_sek, each.grant_id, str(each.reverses)) for each in entries
    )


@settings(max_examples=150, deadline=None)
@given(decided=DECIDED, sent=SENT, moved=MOVED, mended=MENDED)
def test_the_ledger_is_what_it_would_be_if_all_rows_were_counted_together(decided, sent, moved, mended):
    of = received(decided, sent, moved, mended)
    with patch.object(past, "clusters_of", all_together):
        expected = ledger(of)
    assert ledger(of) == expected


def test_two_events_of_one_number_are_told_apart_whatever_cases_they_are_of():
    decided, moved = [(1, "EX 1", 1), (1, "EX 2", 1)], [(1, "EX 1", 2, "1", False), (1, "EX 2", 2, "1", False)]
    made = ledger(received(decided, (), moved, ()))
    assert len({entry[0] for entry in made}) == len(made) == 2 + 2


def spans(*decided: tuple[int, str | None, int], sent: Sequence[tuple[int, str | None, int]] = ()) -> list[Span]:
    [mine] = past.spans_by_owner(rounds.history_of(received(decided, sent, (), ()), ROUND)).values()
    return mine


@pytest.mark.parametrize(
    ("sent", "sizes"),
    [
        ([(1, "EX 2", 5)], [1, 2, 1]),
        ([(1, None, 5)], [2, 1, 1]),  # it rests on how many grants there are: of one, on the first day
        ([(1, "EX 9", 5)], [2, 1, 1]),
        ([(1, "EX 2", 1)], [3, 1]),  # sent before the decision: then of the only grant there was
    ],
)
def test_a_row_is_counted_with_those_of_its_case(sent: list[tuple[int, str | None, int]], sizes: list[int]):
    three = spans((1, "EX 1", 1), (1, "EX 2", 2), (1, "EX 3", 3), sent=sent)
    assert [len(cluster.spans) for cluster in clusters_of(three)] == sizes
