"""What holds for every table that is written by hand and every sequence of submissions, tried on many drawn ones."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.counting import Counted, count
from assets.domain.funnel import funnel
from assets.domain.reading.exports import claimed
from assets.domain.reading.rows import read_rows, values_of
from assets.round import compute
from schemas.words.vocabulary import FATES, LATE_POLICIES
from tests.rows import (
    MUCH_LATER,
    PROGRAMME,
    bodies_of,
    export_of,
    exports_of,
    file_of,
    file_of_cells,
    lines,
    programme_of,
    received_of,
)

FORMS = PROGRAMME.forms
APPLICATIONS, DECISIONS, REPORTS = FORMS["applications"], FORMS["decisions"], FORMS["usage_report_2022"]
some = settings(max_examples=50, deadline=None)
few = settings(max_examples=10, deadline=None)


# -- whatever is written is read --------------------------------------------------------------------------------------
SPACES = ["", " ", "\u00a0", "\u202f", "\u2009"]
UNITS = ["", "kr", " kr", "\u00a0kr", " Kr", " kronor", ",00 kr"]
OUTCOMES = APPLICATIONS.codes["outcome"]
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)


@st.composite
def amount(draw: st.DrawFn) -> tuple[int, str]:
    whole = draw(st.integers(0, 10**15 - 1))
    return whole, f"{whole:,}".replace(",", draw(st.sampled_from(SPACES))) + draw(st.sampled_from(UNITS))


@st.composite
def day(draw: st.DrawFn) -> tuple[dt.date, str]:
    date = draw(DAYS)
    return date, date.isoformat() + draw(st.sampled_from(["", " 00:00", "T23:59:59"]))


CELLS = {
    "case_number": TEXTS.map(lambda text: (text, text)),
    "received_date": day(),
    "recipient_name": TEXTS.map(lambda text: (text, text)),
    "applied_sek": amount(),
    "outcome": st.sampled_from(list(OUTCOMES.items())),
}
"""What each field of an application may be, and how it may be written."""

NOTHING = st.sampled_from([None, "", " ", "\u00a0"]).map(lambda blank: (None, blank))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[list[str | None]]]:
    """Applications, and a sheet with them: below a title, in any order of columns, some beside them, blank rows."""
    said = draw(st.lists(st.fixed_dictionaries({name: NOTHING | cell for name, cell in CELLS.items()}), max_size=5))
    filled = [row for row in said if any(value is not None for value, _ in row.values())]
    order = draw(st.permutations([*CELLS, "", "other"]))
    headers = APPLICATIONS.fields | {"": None, "other": "Egen anteckning"}
    sheet: list[list[str | None]] = [["Utdrag"] + [None] * 6] * draw(st.integers(0, 2))
    written = ([_around(draw, row[name][1]) if name in row else None for name in order] for row in said)
    sheet += [[headers[name] for name in order], *written]
    return [{name: value for name, (value, _) in row.items()} for row in filled], sheet


def _around(draw: st.DrawFn, text: str | None) -> str | None:
    return text and draw(st.sampled_from(["", " ", "\u00a0"])) + text + draw(st.sampled_from(["", "  ", "\n"]))


@some
@given(tables())
def test_whatever_table_is_written_by_hand_is_read_as_what_was_meant(case: Any):
    meant, sheet = case
    assert [values_of(line) for line in lines(claimed(file_of_cells(*sheet, made=MUCH_LATER), [APPLICATIONS]))] == meant


# -- one fate for every row -------------------------------------------------------------------------------------------
START = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - the forms write no time zone
DUE, AS_OF = dt.date(2024, 2, 1), dt.date(2024, 2, 15)
MINUTES = st.integers(0, 60 * 24 * 60)
NAMES = ["Exempelkommun 01", "Exempelkommun 02", "Exempelkommun 03"]
DECIDED = [{"recipient_name": name, "granted_sek": "5", "report_due_date": str(DUE)} for name in NAMES]
LIST = export_of(DECISIONS, *DECIDED, name="beslut.csv")
Sent = dict[str, str | None]


@st.composite
def submissions(draw: st.DrawFn, *, distinct: bool) -> list[Sent]:
    """A file of submissions: of few recipients, so that they compete, some not valid, some late, some too new."""
    return [
        {
            "recipient_name": draw(st.sampled_from([*NAMES * 4, "Atlantis", None])),
            "submitted_at": (START + dt.timedelta(minutes=at)).isoformat(sep=" "),
            "submission_status": draw(st.sampled_from(["Inlämnad"] * 4 + ["Test", "Utkast"])),
            "unused_sek": draw(st.sampled_from(["5"] * 4 + ["?"])),
        }
        for at in draw(st.lists(MINUTES, min_size=1, max_size=20, unique=distinct))
    ]


policies = st.sampled_from(LATE_POLICIES)


def judged(sent: Sequence[Sent], policy: str) -> list[Counted]:
    """The reports, each with its fate, in the order of the file."""
    rows = [row for export in (LIST, file(sent)) for row in read_rows(export, {}, bodies_of(), PROGRAMME)]
    return [each for each in count(rows, AS_OF, policy) if each.row.export.is_report and each.row.is_data]


def file(sent: Sequence[Sent]):
    [export] = exports_of([file_of(REPORTS, *sent, name="svar.csv", made=MUCH_LATER)], REPORTS)
    return export


def accepted(result: Sequence[Counted]) -> dict[str, str]:
    """Of each recipient the moment of the row that counts."""
    return {str(each.row.recipient_code): str(each.row.submitted_at) for each in result if each.is_accepted}


@some
@given(submissions(distinct=False), policies)
def test_every_data_row_has_one_fate_and_a_recipient_at_most_one_row_that_counts(sent: list[Sent], policy: str):
    result = judged(sent, policy)
    assert [each.row.number for each in result] == list(range(2, len(sent) + 2))
    assert {each.fate for each in result} <= set(FATES)
    assert all((each.rule is None) == each.is_accepted for each in result)
    counts = Counter(each.row.recipient_code for each in result if each.is_accepted)
    assert set(counts.values()) <= {1}
    assert None not in counts


def expected(sent: Sequence[Sent], policy: str) -> dict[str, str]:
    """By hand: of those submitted the latest, readable or not, and late ones as the policy says."""
    latest: dict[str, str] = {}
    for code, name in enumerate(NAMES, 9901):
        mine = [row for row in sent if row["recipient_name"] == name and row["submission_status"] == "Inlämnad"]
        valid = [str(row["submitted_at"]) for row in mine]
        known = [moment for moment in valid if moment[:10] <= str(AS_OF)]
        in_time = [moment for moment in known if moment[:10] <= str(DUE)]
        counting = known if policy == "accept" or (policy == "if_none_in_time" and not in_time) else in_time
        if counting:
            latest[str(code)] = max(counting)
    return latest


@some
@given(submissions(distinct=True), policies, st.randoms(use_true_random=False))
def test_the_latest_valid_submission_counts_in_whatever_order_the_file_has(sent: list[Sent], policy: str, random: Any):
    assert accepted(judged(sent, policy)) == expected(sent, policy)
    assert accepted(judged(random.sample(sent, len(sent)), policy)) == expected(sent, policy)


@some
@given(submissions(distinct=False), policies)
def test_the_funnel_balances(sent: list[Sent], policy: str):
    result = judged(sent, policy)
    [line] = funnel(result)
    fates = Counter(each.fate for each in result)
    assert {fate: line[f"{fate}_count"] for fate in FATES} == {fate: fates[fate] for fate in FATES}
    assert line["received_count"] == sum(line[f"{fate}_count"] for fate in FATES) == len(sent)


@few
@given(submissions(distinct=True), policies, st.randoms(use_true_random=False))
def test_no_amount_and_no_status_of_a_round_depends_on_the_order_of_a_file(sent: list[Sent], policy: str, random: Any):
    programme = programme_of(DECISIONS, REPORTS, late_reports=policy)
    found = []
    for rows in (sent, random.sample(sent, len(sent))):
        received = received_of(LIST.file, file_of(REPORTS, *rows, name="svar.csv", made=MUCH_LATER))
        tables = compute(received, programme, AS_OF)
        found.append([tables[name].to_pylist() for name in ("core_account", "out_balance", "out_grant_by_year")])
    assert found[0] == found[1]
