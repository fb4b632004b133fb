"""One code on every engine: Arrow tables, Arrow-typed pandas and DuckDB give the same rows."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import narwhals as nw
import pytest

from assets.books import YEAR_ENDS, matches
from assets.conform import DUE, NAMES, PLACES, PROBLEMS
from assets.domain import accounts, cases, evaluation, ledger, vintages
from assets.domain.across import across
from assets.domain.answers import long_answers
from assets.domain.books import book_matches, book_pairs, books_by_year, cash_entries, stated_bookings
from assets.domain.corrections import listed, withheld
from assets.domain.fields import typed
from assets.domain.findings import numbered, worded
from assets.domain.forms import Change, text_rows
from assets.domain.frames import Frame
from assets.domain.grounds import candidate_grounds
from assets.domain.indicators import indicators
from assets.domain.money import percent
from assets.domain.receivables import receivables
from assets.domain.reconciliation import reconcile_funds
from assets.domain.records import (
    accepted_answers,
    accepted_records,
    judged_rows,
    marked_rows,
    named_rows,
    predicate_places,
    problems,
    with_lateness,
)
from assets.domain.reports import READ, table_cells
from assets.domain.stated import Reading, stated_rows, with_bounds
from assets.domain.submissions import decide_fates, funnel
from assets.evaluate import DESCRIBED, described_options
from assets.frames import frame_of
from assets.publish import PURPOSES, hint_texts
from schemas.configuration import catalogue
from schemas.configuration.accounting import Accounting
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form
from schemas.rules.rule import received_rules
from tests.frames import in_order, kept, on_duckdb, on_pandas, raw_rows, received, rows_left_out, table, texts
from tests.spec import money_language as money
from tests.spec.money_words import TOLD, dated, decided, happened, reported, stated
from tests.spec.money_words import ledger as book

PROGRAMME = catalogue.programme("stadigvarande-boende")
FORM = PROGRAMME.forms["usage_report_2022"]
SURVEY = PROGRAMME.forms["survey_2023"]
FILE, SURVEY_FILE = received(FORM), received(SURVEY)

SENT = [
    ("Exempelkommun 01", "2024-01-29 10:00", "Inlämnad", "100 000", "Myndighet;Inom kommunen"),
    ("Exempelkommun 01", "2024-01-30T11:30", "Inlämnad", "100\u00a0000 kr", "Myndighet; Inom kommunen"),
    ("Exempelkommun 02", "2024-02-02", "Inlämnad", "-5", "Kyrkan"),
    ("Exempelkommun 03", "2024-02-30", "Test", "ca 5", None),
    ("Exempelkommun 03", None, "Utkast", None, "Myndighet"),
    ("Exempelkommun 04", "2024-02-02 00:01", "Inlämnad", "0", None),
]
SLOTS = ("recipient_name", "submitted_at", "submission_status", "unused_sek", "cooperation")
RAW = raw_rows(FILE, *(dict(zip(SLOTS, row, strict=True)) for row in SENT))
ROWS = texts(*(dict.fromkeys(FORM.headers()) | dict(zip(SLOTS, row, strict=True)) for row in SENT))
BODIES = table(
    "core_recipient", *({"recipient_code": f"990{n}", "recipient_name": f"Exempelkommun 0{n}"} for n in (1, 2, 3, 4))
)
MATCHED = frame_of(
    (
        {"recipient_name": f"Exempelkommun 0{n}", "recipient_code": f"990{n}", "how": how, "score": 100}
        for n, how in ((1, "exact"), (2, "likeness"), (3, "exact"), (4, "exact"))
    ),
    NAMES,
)
COUNTY_FILE = received(
    Form(
        form="with_county",
        title=Label(sv="Beslut", en="Decisions"),
        fills="core_decision",
        identity="recipient",
        fields={"recipient_name": "Mottagare", "county_name": "Län", "recipient_code": "Kod"},
    )
)
SAID = [
    ("Exempelkommun 01", "Exempellän", None),
    ("Exempelkommun 01", "Annat", "9901"),
    ("Exempelkommun 02", None, None),
]
COUNTY_RAW = raw_rows(COUNTY_FILE, *(dict(zip(COUNTY_FILE.form.fields, each, strict=True)) for each in SAID))
COUNTY_MATCHED = frame_of(
    (
        {"recipient_name": name, "county_name": county, "code_as_reported": code or "", "how": "exact"}
        | {"recipient_code": f"99{name[-2:]}" if county != "Annat" else None}
        for name, county, code in SAID
    ),
    NAMES,
)
LAST_DAYS = frame_of(({"recipient_code": f"990{n}", "report_due_date": dt.date(2024, 2, 1)} for n in (1, 4)), DUE)
FATES = table(
    "core_row",
    {"source_row": 3, "row_kind": "data", "fate": "accepted", "recipient_code": "9901", "respondent_id": "9901"},
    {"source_row": 2, "row_kind": "data", "fate": "superseded", "recipient_code": "9901"},
    {"source_row": 4, "row_kind": "data", "fate": "quarantined", "recipient_code": "9902"},
    {"source_row": 1, "row_kind": "header"},
    form="usage_report_2022",
)
JUDGEABLE = texts(
    *(
        {
            "recipient_code": code,
            "respondent_id": code,
            "submitted_at": at,
            "excluded_by": excluded,
            "broken_rule": broken,
            "late": at == "2024-01-30",
            "is_supplement": code == "9901" and at == "2024-01-30",
        }
        for code, at, excluded, broken in (
            ("9901", "2024-01-29", None, None),
            ("9901", "2024-01-30", None, None),
            ("9902", "2024-01-30", None, None),
            ("9902", "2024-01-30", None, None),
            ("9903", "2024-01-30", "test_submission", None),
            (None, None, None, "value_missing"),
        )
    )
)
DECISIONS = table(
    "core_decision",
    {"recipient_code": "9901", "granted_sek": 700_000, "report_due_date": dt.date(2024, 2, 1), "name_as_reported": "A"},
    {"recipient_code": "9902", "granted_sek": 300_000, "report_due_date": dt.date(2024, 2, 1), "name_as_reported": "B"},
    {"recipient_code": "9904", "granted_sek": 100_000, "name_as_reported": "D", "provenance": "real"},
)
REPORTS = table(
    "core_usage_report",
    {"recipient_code": "9901", "unused_sek": 184_363},
    {"recipient_code": "9903", "unused_sek": 5},
    {"recipient_code": "9904", "unused_sek": 100_000, "used_sek": 1},
)
LEDGER = table(
    "core_event",
    {"event": "available_funds", "amount_sek": 3_000_000},
    {"event": "administration_allowed", "amount_sek": 500_000},
    {"event": "repaid_after_recovery", "amount_sek": 110_191, "recipient_code": "9901"},
)
ROUNDS = table("core_round", {"as_of_date": dt.date(2024, 2, 2)})
LEFT_OUT = rows_left_out(core_usage_report="9902")
ACCOUNTS = table(
    "core_reconciliation",
    {
        "recipient_code": "9901",
        "granted_sek": 700_000,
        "used_sek": 515_637,
        "unused_sek": 184_363,
        "repaid_after_recovery_sek": 110_191,
    },
    {"recipient_code": "9902", "granted_sek": 300_000},
    {"recipient_code": "9903", "unused_sek": 5},
    {"recipient_code": "9904", "granted_sek": 8, "used_sek": 7, "unused_sek": 1, "provenance": "real"},
)
APPLICATIONS = table("core_application", *({"outcome": each} for each in ("approved", "rejected", "withdrawn")))
ANSWERS = table(
    "core_answer",
    *(
        {"respondent_id": f"R{number}", "status": status, "selected": selected}
        for number, (status, selected) in enumerate(
            [("answered", True), ("answered", False), ("blank", None), ("not_asked", None)]
        )
    ),
    form="survey_2023",
    question="cooperation",
    option="authority",
)
OPTIONS = frame_of(described_options(PROGRAMME), DESCRIBED)
INDICATORS = table(
    "out_indicator",
    *(
        {
            "option": option,
            "option_no": number,
            "option_label_sv": option,
            "option_label_en": option,
            "numerator": count,
        }
        for number, (option, count) in enumerate([("a", 5), ("b", 7), ("c", 5)], 1)
    ),
    programme="stadigvarande-boende",
    indicator="cooperation",
    denominator=17,
    year=2022,
)
YEARS = table("out_grant_by_year", {"granted_sek": 8, "unused_sek": 1}, programme="stadigvarande-boende")
FAULTS = frame_of(
    [
        {"rule": "amount_unreadable", "source_file": "f", "source_row": 3, "header": "h", "provenance": "real"},
        {
            "rule": "name_by_likeness",
            "source_file": "f",
            "source_row": 2,
            "name": "n",
            "score": 89,
            "provenance": "real",
        },
    ],
    PROBLEMS,
)
FINDINGS = table("core_finding", {"rule": "b", "source_row": 2}, {"rule": "a", "source_row": 10}).drop("finding_no")
SURVEYED = texts(
    *(
        dict.fromkeys(SURVEY.headers())
        | {"respondent_id": f"R{n}", "funds_use": use, "unused_reason.lack_of_time": time, "purpose_rating": rating}
        for n, (use, time, rating) in enumerate(
            [("Hela bidraget", "1", "4"), ("En del av bidraget", "1", "9"), ("Inget av bidraget", None, None)]
        )
    )
)
JUST_BELOW_99_AND_A_HALF = ((199 * (10**15 - 1) - 1) // 200, 10**15 - 1)
SHARES = frame_of(
    [
        {"source_row": part, "finding_no": whole}
        for part, whole in [(46, 49), (1, 200), (-1, 3), (0, 0), (None, 5), JUST_BELOW_99_AND_A_HALF]
    ],
    table("core_finding").collect(backend="pyarrow").to_native().schema.remove_metadata(),
)

CASE_EVENTS = money.events(
    "Exempelkommun 01 | 2024-03-01 | Kommunicering | senast 2024-03-22",
    "Exempelkommun 01 | 2024-03-21 | Beslut om återkrav | 184 363 kr | av A. Chef | skäl: Medel är kvar",
    "Exempelkommun 01 | 2024-04-03 | Faktura | 184 363 kr | senast 2024-05-03",
    "Exempelkommun 01 | 2024-05-02 | Återbetalning | 5 kr | nr H1",
    "Exempelkommun 01 | 2024-05-03 | Återbetalning | 5 kr | nr H2 | återför H1",
    "Exempelkommun 04 | 2024-03-01 | Ej godtagen användning | 7 kr | skäl: Annat ändamål",
)
CASE_TABLES = money.tables(DECISIONS, REPORTS, CASE_EVENTS, "2024-05-04", "2024-01-30")
CASES_OPENED = cases.recovery_cases(*(CASE_TABLES[name] for name in money.OPENED_FROM))
SUGGESTIONS = money.suggestions()
BOOK = table(
    "core_ledger_entry",
    *(
        {"recipient_code": code, "event": event, "cause": cause, "amount_sek": amount, "recorded_date": day}
        | {"entry_id": f"{code}{event}", "recorded_is_assumed": code == "9901"}
        for code, event, cause, amount, day in (
            ("9901", "decision", "decision", 700_000, dt.date(2023, 12, 31)),
            ("9902", "decision", "decision", 300_000, dt.date(2023, 12, 31)),
            ("9901", "reported_unused", "report", 184_363, dt.date(2024, 5, 31)),
            ("9901", "repaid_after_recovery", "recovery", 110_191, dt.date(2024, 7, 31)),
            (None, "available_funds", "funds", 3_000_000, dt.date(2023, 12, 1)),
        )
    ),
)
PUBLISHED_ACCOUNTS = table(
    "core_account",
    {"recipient_code": "9901", "granted_sek": 700_000, "unused_sek": 184_363, "repayable_sek": 184_000},
    {"recipient_code": "9902", "granted_sek": 70_000, "year": 2022, "outstanding_sek": 5},
    {"recipient_code": "9902", "granted_sek": 700_000},
    {"recipient_code": "9902", "granted_sek": 700_000, "programme": "q"},
)
TWO_ROUNDS = table("core_round", {"year": 2022}, {"year": 2023})
SENT_TWICE = table("core_usage_report", *({"recipient_code": "9901", "unused_sek": 5, "year": y} for y in (2022, 2023)))
DECLARED = frame_of(({"programme": name, "purpose": "boende"} for name in ("p", "q")), PURPOSES)
TOLD_OF_ONE = frozenset({"repaid_after_recovery"})


def bridged(ledger: Frame) -> Frame:
    return vintages.bridge(
        *vintages.split_by_day(ledger, *map(nw.lit, (dt.date(2024, 1, 1), dt.date(2024, 7, 31)))), TOLD_OF_ONE
    )


BOOK_ENTRIES = table(
    "core_ledger_entry",
    *(
        {
            "entry_id": f"H{number}",
            "event": event,
            "recipient_code": "9901",
            "case_number": case,
            "event_date": happened,
            "recorded_date": dt.date(2022, 12, 30),
            "recorded_is_assumed": happened is None,
            "amount_sek": amount,
            "reverses": reverses,
        }
        for number, (event, case, happened, amount, reverses) in enumerate(
            [
                ("decision", "EX 1", None, 9_000, None),
                ("payment", "EX 1", dt.date(2022, 12, 30), 5_000, None),
                ("payment", "EX 1", dt.date(2022, 12, 29), 4_000, None),
                ("payment", "EX 2", None, 300, None),
                ("payment", "EX 2", None, -300, "H3"),
                ("reported_use", "EX 1", None, 8_000, None),
                ("reported_unused", "EX 1", None, 1_000, None),
                ("recovery_decided", "EX 1", None, 600, None),
                ("repaid", None, dt.date(2022, 12, 31), 200, None),
            ]
        )
    ),
)
BOOKINGS = table(
    "core_booking",
    *(
        {"account_no": account, "case_number": case, "booked_date": booked, "amount_sek": amount}
        for account, case, booked, amount in [
            ("EX 7000", "EX 1", dt.date(2023, 1, 2), 5_000),
            ("EX 7000", "EX 1", dt.date(2022, 12, 30), 4_100),
            ("EX 7000", "EX 2", dt.date(2022, 12, 30), 70),
            ("EX 7000", "EX 2", dt.date(2022, 12, 30), -70),
            ("EX 3000", None, dt.date(2022, 12, 30), -200),
            ("1930", "EX 1", dt.date(2022, 12, 30), -4_000),
        ]
    ),
)
YEAR_END = frame_of([{"year_end_date": dt.date(2022, 12, 31)}], YEAR_ENDS)
ALL_TOLD = ("payment", "repaid", "recovery_decided")


def books_of_sample() -> Accounting:
    assert PROGRAMME.accounting
    return PROGRAMME.accounting


COMPARED = matches(BOOK_ENTRIES, BOOKINGS, BOOK_ENTRIES, books_of_sample())
CASH_ENTRIES = cash_entries(BOOK_ENTRIES, books_of_sample())
STATED_BOOKINGS = stated_bookings(BOOKINGS, BOOK_ENTRIES, books_of_sample())
PAIRS = book_pairs(CASH_ENTRIES, STATED_BOOKINGS)


def together(frames: list[Frame]) -> Frame:
    return nw.concat(frames, how="vertical")


def named(raw: Frame, names: Frame, bodies: Frame) -> Frame:
    return named_rows(raw, FILE, names, bodies)


def late(raw: Frame, names: Frame, bodies: Frame, due: Frame) -> Frame:
    return with_lateness(named(raw, names, bodies), due)


PLACES_OF_FILE = frame_of(predicate_places(FILE, PROGRAMME), PLACES)
SURVEY_PLACES = frame_of(predicate_places(SURVEY_FILE, PROGRAMME), PLACES)

ONE, TWO = "Exempelkommun 01", "Exempelkommun 02"
READ_SINCE = Reading(FILE, rows=(2, 3), since="2024-02-10", until="2024-03-01")
MONEY = table("core_account", {"granted_sek": 5, "repayable_sek": 2}, {"granted_sek": 7}, {"repayable_sek": 3})
CORRECTED = dataclasses.replace(
    FILE,
    changes=[
        Change(2, FILE.positions["unused_sek"], "100 000", "5"),
        Change(2, FILE.positions["cooperation"], "Myndighet;Inom kommunen", None),
        Change(5, FILE.positions["unused_sek"], "ca 5", "6"),
    ],
)
CORRECTIONS = table(
    "raw_correction",
    {"source_row": 2, "old_value": "a", "new_value": "b", "old_withheld": True, "new_withheld": False},
    {"source_row": None, "old_value": None, "new_value": "c", "old_withheld": False, "new_withheld": True},
)


def judged(raw: Frame, names: Frame, bodies: Frame, due: Frame, places: Frame) -> Frame:
    rows = kept(late(raw, names, bodies, due))
    faults = kept(problems(rows, FILE, PROGRAMME, places))
    marked = kept(marked_rows(rows, faults, FILE, "2024-06-30", late_is_excluded=True))
    [rows] = judged_rows([(marked, FORM)], "if_none_in_time")
    return rows


def with_whose_rows(rows: Frame) -> Frame:
    """Rows as they are once named and measured, nothing amiss with them as a whole."""
    return rows.with_columns(beyond_count=nw.lit(0), filled_count=nw.lit(3), body_provenance=nw.lit("synthetic"))


GRANTS = stated(decided(f"2022-10-03 {ONE}: 700 000", f"2022-10-04 {TWO}: 5"), "decisions", cause="decision")
SENT_REPORTS = stated(
    reported(f"2023-01-30 {ONE}: 9 använt, 5 löner, 1 oanvänt", f"2023-02-20 {ONE}: 1 oanvänt"), "reports"
)
HAPPENED = happened(
    f"2022-12-01 ändrat beslut {ONE}: 600 000", f"2022-11-15 utbetalning {ONE}: 7", f"2023-02-10 återbetalning {TWO}: 5"
)
DATED = dated(*HAPPENED, HAPPENED[1] | {"reverses_no": "H2"})
ENTRIES = book(decided(f"2022-10-03 {ONE}: 9"), reported(f"2023-01-30 {ONE}: 1 oanvänt"), HAPPENED)
FILES = table("core_source_file", {"known_date": dt.date(2023, 1, 1)})

CASES: dict[str, tuple[Callable[..., Frame], list[Frame]]] = {
    "percent": (lambda rows: rows.select(share=percent(nw.col("source_row"), nw.col("finding_no"))), [SHARES]),
    "grouped": (lambda rows: rows.select(text=evaluation.grouped("amount_sek")), [LEDGER]),
    "text_rows": (lambda raw: text_rows(raw, FILE), [RAW]),
    "text_rows_corrected": (lambda raw: text_rows(raw, CORRECTED), [RAW]),
    "withheld": (lambda rows: withheld(rows, FILE, PROGRAMME, "cooperation"), [ROWS]),
    "corrections_listed": (listed, [CORRECTIONS, FATES]),
    "typed": (lambda rows: typed(rows, FORM), [ROWS]),
    "long_answers": (lambda rows: together(long_answers(rows, FILE, PROGRAMME)), [ROWS]),
    "long_answers_in_columns": (lambda rows: together(long_answers(rows, SURVEY_FILE, PROGRAMME)), [SURVEYED]),
    "problems_in_columns": (
        lambda rows, places: problems(rows, SURVEY_FILE, PROGRAMME, places),
        [with_whose_rows(SURVEYED), SURVEY_PLACES],
    ),
    "named_rows": (named, [RAW, MATCHED, BODIES]),
    "named_rows_with_county": (
        lambda raw, names, bodies: named_rows(raw, COUNTY_FILE, names, bodies),
        [COUNTY_RAW, COUNTY_MATCHED, BODIES],
    ),
    "with_lateness": (late, [RAW, MATCHED, BODIES, LAST_DAYS]),
    "problems": (
        lambda places, *rows: problems(named(*rows), FILE, PROGRAMME, places),
        [PLACES_OF_FILE, RAW, MATCHED, BODIES],
    ),
    "judged_rows": (judged, [RAW, MATCHED, BODIES, LAST_DAYS, PLACES_OF_FILE]),
    "decide_fates": (lambda rows: decide_fates(rows, FORM, "if_none_in_time"), [JUDGEABLE]),
    "decide_fates_by_row": (lambda rows: decide_fates(rows, PROGRAMME.forms["funds"]), [JUDGEABLE]),
    "funnel": (funnel, [FATES]),
    "accepted_records": (
        lambda raw, fates: accepted_records(text_rows(raw, FILE), fates, FILE, "core_usage_report"),
        [RAW, FATES],
    ),
    "accepted_answers": (
        lambda raw, fates: together(accepted_answers(text_rows(raw, FILE), fates, FILE, PROGRAMME)),
        [RAW, FATES],
    ),
    "reconcile_funds": (reconcile_funds, [DECISIONS, REPORTS, LEDGER, ROUNDS, LEFT_OUT]),
    "case_events": (money.case_events, [CASE_EVENTS]),
    "recovery_cases": (cases.recovery_cases, [CASE_TABLES[name] for name in money.OPENED_FROM]),
    "todos": (cases.todos, [CASES_OPENED]),
    "candidate_grounds": (
        lambda opened, suggestions, *tables: candidate_grounds(
            opened, dict(zip(CASE_TABLES, tables, strict=True)), suggestions
        ),
        [CASES_OPENED, SUGGESTIONS, *CASE_TABLES.values()],
    ),
    "grant_by_year": (evaluation.grant_by_year, [ACCOUNTS]),
    "funds_by_year": (evaluation.funds_by_year, [DECISIONS, LEDGER]),
    "application_by_year": (evaluation.application_by_year, [APPLICATIONS]),
    "annex": (lambda *frames: evaluation.annex(*frames, "Återbetalat {amount} kr."), [ACCOUNTS, DECISIONS, BODIES]),
    "indicators": (indicators, [ANSWERS, OPTIONS, DECISIONS]),
    "cash_entries": (lambda entries: cash_entries(entries, books_of_sample()), [BOOK_ENTRIES]),
    "stated_bookings": (lambda *frames: stated_bookings(*frames, books_of_sample()), [BOOKINGS, BOOK_ENTRIES]),
    "book_pairs": (book_pairs, [CASH_ENTRIES, STATED_BOOKINGS]),
    "book_matches": (lambda *frames: book_matches(*frames, books_of_sample()), [CASH_ENTRIES, STATED_BOOKINGS, PAIRS]),
    "books_by_year": (books_by_year, [COMPARED]),
    "receivables": (lambda *frames: receivables(*frames, ALL_TOLD), [BOOK_ENTRIES, YEAR_END]),
    "table_cells": (
        lambda *frames: together(
            table_cells(
                PROGRAMME.programme, PROGRAMME.reports["delredovisning_2024"], dict(zip(READ, frames, strict=True))
            )
        ),
        [{"out_indicator": INDICATORS, "out_grant_by_year": YEARS}.get(name, table(name)) for name in READ],
    ),
    "entries_of_decisions": (ledger.entries_of_decisions, [GRANTS, DATED]),
    "entries_of_reports": (ledger.entries_of_reports, [SENT_REPORTS]),
    "entries_of_events": (ledger.entries_of_events, [DATED]),
    "as_read": (lambda events: ledger.as_read(events, events), [DATED]),
    "dated_events": (ledger.dated_events, [table("core_event", *HAPPENED), FILES]),
    "adjusted_decisions": (ledger.adjusted_decisions, [DECISIONS, DATED]),
    "accounts": (lambda *frames: accounts.accounts(*frames, TOLD), [ENTRIES, ACCOUNTS]),
    "balances_of_round": (accounts.balances_of_round, [MONEY]),
    "stated_rows": (
        lambda raw, fates: with_bounds(stated_rows(raw, fates, READ_SINCE, "core_usage_report"), READ_SINCE),
        [RAW, FATES],
    ),
    "revisions": (lambda ledger: vintages.revisions(ledger, TOLD_OF_ONE), [BOOK]),
    "bridge": (bridged, [BOOK]),
    "split_by_version": (lambda *ledgers: vintages.split_by_version(*ledgers)[0], [BOOK, BOOK]),
    "unexplained": (lambda *frames: vintages.unexplained(*frames, TOLD_OF_ONE), [PUBLISHED_ACCOUNTS, BOOK]),
    "totals": (vintages.totals, [PUBLISHED_ACCOUNTS]),
    "across": (
        lambda rounds, reports, accounts, purposes: across(
            {"core_round": rounds, "core_usage_report": reports, "core_account": accounts}, purposes, hint_texts()
        ),
        [TWO_ROUNDS, SENT_TWICE, PUBLISHED_ACCOUNTS, DECLARED],
    ),
    "findings_worded": (lambda rows: together(worded(rows, received_rules())), [FAULTS]),
    "findings_numbered": (numbered, [FINDINGS]),
}


@pytest.mark.parametrize("engine", [on_pandas, on_duckdb])
@pytest.mark.parametrize(("compute", "inputs"), CASES.values(), ids=CASES)
def test_every_engine_gives_the_same_rows_as_arrow(
    engine: Callable[[Frame], Frame], compute: Callable[..., Frame], inputs: list[Frame]
):
    expected = in_order(compute(*inputs))
    assert expected
    assert in_order(compute(*map(engine, inputs))) == expected
