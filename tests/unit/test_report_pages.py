"""The pages of a round: long lists apart, every size of round as what it is, and nothing that acts."""

import datetime as dt
import re
from itertools import pairwise

import pyarrow as pa
import pytest

from assets.tables import table_of
from pipelines.reports.validation.content import READ, RECEIVED
from pipelines.reports.validation.frames import Frames, quoted
from pipelines.reports.validation.late import days_after, late_reports
from pipelines.reports.validation.lists import FIRST, LONG, ROWS_OF_A_PAGE, Part, parts_of, shown_in
from pipelines.reports.validation.pages import Published, round_files
from pipelines.reports.validation.stood import stood_in
from pipelines.warehouse.tables import OF_ROUNDS
from schemas.words.vocabulary import ACCOUNT_MEASURES
from tests.rows import Record, records

PROGRAMME, YEAR, FILE = "stadigvarande-boende", 2023, "stadigvarande-boende/2023/a.csv"
OF_ROUND = {"programme": PROGRAMME, "year": YEAR}
CARD = {"programme": PROGRAMME, "year": YEAR, "run_id": "a run", "code_version": "1", "commit": None, "ran_by": "A"}
MOST_BYTES = 500_000
MANY = 300
HOSTILE = """<script>x</script>"><img src=x onerror=y>'</style><b>{{7777*7777}}"""


def pages(**rows: list[Record]) -> dict[str, str]:
    """The pages of a round by name. Args: rows: of its tables; those that are not named are empty."""
    given: dict[str, list[Record]] = {"core_round": [ROUND], "out_balance": BALANCES, **rows}
    tables: dict[str, pa.Table] = {
        name: table_of(name, [{**row, **OF_ROUND} for row in records(name, *given.get(name, []))])
        for name in {*READ, *OF_ROUNDS, RECEIVED}
    }
    made = round_files(Published("0123456789abcdef", tables, (), None), CARD)
    return {name: content.decode() for name, content in made.items() if name.endswith(".html")}


ONE = {"thing_count": 1, "unknown_count": 1}
ROUND = {"as_of_date": dt.date(2024, 7, 31), "late_reports": "accept"}
BALANCES: list[Record] = [
    {"measure": name, "measure_no": number, "amount_sek": None, "unknown_count": 0, "unknown_granted_sek": 0}
    for number, name in enumerate(ACCOUNT_MEASURES, start=1)
]


def many(count: int, fate: str = "accepted") -> dict[str, list[Record]]:
    """A round of so many recipients, each with a decision that is not reported, a finding and a row."""
    codes = [f"{number:04}" for number in range(1, count + 1)]
    each = [{"recipient_code": code, "grant_id": f"{code}-1"} for code in codes]
    at = [{"source_file": FILE, "source_row": number} for number in range(2, count + 2)]
    rule = {"rule": "name_unknown", "severity": "quarantine", "tried_on": "names", "tried_count": count}
    return {
        "core_recipient": [
            {"recipient_code": code, "recipient_name": f"{HOSTILE if code == '0001' else 'Kommun'} {code}"}
            for code in codes
        ],
        "core_account": [of | {"granted_sek": 100_000, "status": "no_report"} for of in each],
        "core_reconciliation": [of | {"granted_sek": 100_000, "outcome": "report_missing"} for of in each],
        "core_recovery_case": [of | {"matter": "report_missing", "state": "report_missing"} for of in each],
        "core_not_reported": [of | {"outcome": "report_missing", "granted_sek": 100_000} for of in each],
        "core_task": [
            of | ONE | {"task_no": number, "kind": "case", "task": "remind_of_report", "owner": "case_officer"}
            for number, of in enumerate(each, start=1)
        ],
        "core_row": [
            of | place | {"row_kind": "data", "fate": fate, "rule": "name_unknown"}
            for of, place in zip(each, at, strict=True)
        ],
        "core_rule_result": [rule | {"finding_count": count}],
        "core_finding": [
            {name: rule[name] for name in ("rule", "severity")}
            | place
            | {"finding_no": number, "recipient_code": code, "message_sv": HOSTILE, "message_en": HOSTILE}
            for number, (code, place) in enumerate(zip(codes, at, strict=True), start=1)
        ],
    }


def name(part: str = "", language: str = "sv") -> str:
    return f"{PROGRAMME}-{YEAR}.{part + '.' if part else ''}{language}.html"


@pytest.fixture(scope="module")
def three_hundred() -> dict[str, str]:
    return pages(**many(MANY, fate="quarantined"))


def test_every_page_of_three_hundred_recipients_is_small(three_hundred):
    assert {name: len(page) for name, page in three_hundred.items() if len(page.encode()) > MOST_BYTES} == {}


def test_everybody_has_a_page_in_both_languages_and_every_link_leads_somewhere(three_hundred):
    codes = {f"r-{number:04}" for number in range(1, MANY + 1)}
    for language in ("sv", "en"):
        assert {name(code, language) for code in codes} <= set(three_hundred)
    for page in three_hundred.values():
        links = [link for link in re.findall(r'href="([^"#:]+\.html)', page) if "/" not in link]
        assert set(links) <= set(three_hundred)


def test_a_long_list_has_its_first_rows_in_the_report_and_all_of_them_on_a_page_of_its_own(three_hundred):
    def rows(page: str, table: str) -> int:
        return page.split(f'id="t-{table}"', 1)[1].split("</table>", 1)[0].count("<tr") - 1

    for table in ("tasks", "not_reported", "cases", "left_out"):
        assert rows(three_hundred[name()], table) == FIRST, table
        assert rows(three_hundred[name(table)], table) == MANY, table
        assert f'href="{name(table)}">Visa alla {MANY}' in three_hundred[name()]
    for table in ("accounts", "reconciliation"):
        assert rows(three_hundred[name(table)], table) == MANY + len(["the total"])


def test_what_hits_everybody_is_one_line(three_hundred):
    assert "Att göra något åt (1)" in three_hundred[name()]


def test_a_round_of_which_every_row_is_in_quarantine_says_what_that_means_where_it_stands(three_hundred):
    report = three_hundred[name()]
    assert "I karantän: raden eller uppgiften räknas inte förrän någon har rättat den" in report
    assert f'href="{name("left_out")}"' in report


def test_hostile_words_do_nothing_on_any_page(three_hundred):
    for page in three_hundred.values():
        assert not re.search(
            r"<script|<img|<b>|onerror=(?!y&gt;)|60481729", page.replace("&lt;img src=x onerror=y&gt;", "")
        )
        assert page.count("</style>") == 1


def test_a_round_without_findings_says_so():
    report = pages()[name()]
    assert "Ingenting att anmärka." in report
    assert "Alla vars sista dag har gått har återrapporterat." in report
    assert "<h2" in report


def test_a_row_of_nobody_stands_with_the_name_that_it_came_with_on_a_page_of_those():
    row = {"source_file": FILE, "source_row": 2, "row_kind": "data", "fate": "quarantined", "rule": "name_unknown"}
    made = pages(core_row=[row | {"name_as_reported": "Nordmarken", "recipient_code": None}])
    assert "Nordmarken" in made[name("r")]
    assert f'href="{name("r")}"' in made[name()]
    assert name("r") not in pages()


def test_headings_go_down_one_level_at_a_time(three_hundred):
    for page in (
        three_hundred[name()],
        three_hundred[name("r-0001")],
        three_hundred[name("findings")],
        pages()[name()],
    ):
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_id_stands_twice_on_a_page(three_hundred):
    for page in three_hundred.values():
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))


# -- lists ------------------------------------------------------------------------------------------------------------
def test_a_list_is_long_above_its_limit_and_has_a_page_for_every_four_hundred_rows():
    def told(count: int) -> list[tuple[int, int]]:
        return [(part.number, part.count) for part in parts_of({"cases": range(count)})]

    assert told(LONG) == []
    assert told(LONG + 1) == [(1, 1)]
    assert told(ROWS_OF_A_PAGE + 1) == [(1, 2), (2, 2)]


def test_the_pages_of_a_list_have_every_row_once():
    rows = range(2 * ROWS_OF_A_PAGE + 1)
    shown = [row for part in parts_of({"cases": rows}) for row in shown_in(part, "cases", rows)]
    assert shown == list(rows)


def test_another_list_on_the_page_of_one_is_as_in_the_report():
    assert len(shown_in(Part("cases", 1, 1), "books", range(LONG + 1))) == FIRST
    assert len(shown_in(None, "books", range(LONG))) == LONG


# -- late reports -----------------------------------------------------------------------------------------------------
def late(*rows: Record, decisions: list[Record], cases: list[Record] = []) -> list[dict[str, object]]:  # noqa: B006
    given = {"core_row": rows, "core_decision": decisions, "core_recovery_case": cases}
    return list(late_reports({table: records(table, *found) for table, found in given.items()}))


def report(day: str, fate: str, grant: str | None, number: int = 2) -> Record:
    told = {"row_kind": "data", "fate": fate, "late": True, "submitted_at": f"{day}T10:00"}
    return {"source_file": FILE, "source_row": number, "recipient_code": "9901", "grant_id": grant, **told}


def decision(grant: str, due: str) -> Record:
    return {"grant_id": grant, "recipient_code": "9901", "report_due_date": dt.date.fromisoformat(due)}


def test_a_late_report_is_told_with_the_days_after_its_last_day():
    [told] = late(report("2023-02-20", "accepted", "9901-1"), decisions=[decision("9901-1", "2023-02-15")])
    assert told["day_count"] == 5


def test_a_late_report_that_does_not_count_is_held_against_the_only_decision_and_comes_first():
    both = [report("2023-02-20", "accepted", "9901-1", 2), report("2023-03-01", "excluded", None, 3)]
    told = late(*both, decisions=[decision("9901-1", "2023-02-15")])
    assert [(each["fate"], each["day_count"]) for each in told] == [("excluded", 14), ("accepted", 5)]


def test_which_of_two_decisions_it_was_late_for_is_not_guessed():
    two = [decision("9901-1", "2023-02-15"), decision("9901-2", "2023-02-16")]
    [told] = late(report("2023-03-01", "excluded", None), decisions=two)
    assert told["day_count"] is None


def test_days_are_not_counted_where_a_day_is_not_known():
    assert days_after(None, "2023-02-20T10:00") is None


# -- what stood in a row ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "is_shown"),
    [
        ("1 234 567 kr", True),
        ("1\u00a0234,50", True),
        ("−5", True),
        ("2023-01-04 10:30", True),
        ("EX 2022-0007", True),
        ("ungefär 5 000, fråga Anna", False),
        ("19800101-1231", False),
        ("anna@exempel.se", False),
        ("", False),
    ],
)
def test_of_what_stood_amounts_days_and_case_numbers_are_shown_and_nothing_that_may_be_of_a_person(cell, is_shown):
    row = {"source_file": FILE, "source_row": 2}
    received = table_of("raw_row", records("raw_row", row | {"cells": [cell, cell], "types": ["text", "text"]}))
    columns = [
        {"source_file": FILE, "column_no": 1, "source_column": "A", "header": "Använt", "slot": "used_sek"},
        {"source_file": FILE, "column_no": 2, "source_column": "B", "header": "Fritext", "slot": "comment"},
    ]
    [told] = stood_in([row], received, columns).values()
    assert told == ([("Använt", cell)] if is_shown else [])


def test_one_name_that_nobody_knows_is_one_thing_in_two_files_and_is_not_shown():
    other = FILE.replace("a.csv", "b.csv")
    at = [{"source_file": file, "source_row": 2} for file in (FILE, other)]
    column = {"column_no": 1, "source_column": "A", "slot": "recipient_name"}
    found = {"rule": "name_unknown", "severity": "quarantine", "message_sv": "Rätta.", "message_en": "Correct."}
    made = pages(
        raw_row=[each | {"cells": ["Nordmarken"], "types": ["text"]} for each in at],
        core_source_column=[{"source_file": each["source_file"]} | column for each in at],
        core_finding=[each | found | {"finding_no": number} for number, each in enumerate(at, start=1)],
    )
    assert "Att göra något åt (1)" in made[name()]
    assert [page for page in made if "Nordmarken" in made[page]] == []


# -- the beginning of a table -----------------------------------------------------------------------------------------
def test_a_table_says_what_its_columns_are_called_also_where_a_narrow_screen_stacks_them():
    frames = Frames()
    begun = frames.begin("x", 'a "caption"', "Vem", "#Belopp")
    assert '<th scope="col">Vem</th><th scope="col" class="number">Belopp</th>' in begun
    assert "a &#34;caption&#34;" in begun
    assert frames.labels() == '#t-x tbody tr>:nth-child(2)::before{content:"Belopp"}'


def test_a_label_cannot_end_the_style_sheet_that_it_stands_in():
    assert set(quoted('</style>"\\')) <= set('"\\ 0123456789abcdefstyle')
