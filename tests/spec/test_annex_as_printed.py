"""Every line of the source's annex (Bilaga 1): the share we compute is the share that is printed.

`bilaga_1.csv` holds the printed columns, copied from the document and from nothing else.
"""

import csv
from pathlib import Path

from assets.domain.shares import percent
from tests.rows import body
from tests.spec.language import annex_of, code, decisions, reconciliation, reports, year_of

PRINTED = list(
    csv.DictReader(
        Path(__file__).with_name("bilaga_1.csv").read_text(encoding="utf-8").splitlines(),
        delimiter=";",
    )
)
NAMES = [f"Exempelkommun {number}" for number in range(10, 10 + len(PRINTED))]
GRANTED = decisions(*(f"{name}: {line['beviljat_kr']}" for name, line in zip(NAMES, PRINTED, strict=True)))
REPORTED = reports(*(f"{name}: {line['oanvant_kr']} oanvänt" for name, line in zip(NAMES, PRINTED, strict=True)))
ACCOUNT = reconciliation(GRANTED, REPORTED, bodies=[body(code(name), name) for name in NAMES])


def test_the_annex_has_54_recipients():
    assert len(PRINTED) == 54


def test_a_line_has_the_printed_share():
    shares = {
        line["mottagare"]: percent(int(line["oanvant_kr"]), int(line["beviljat_kr"]))  # a line of the source each
        for line in PRINTED
    }
    assert shares == {line["mottagare"]: int(line["andel_procent"]) for line in PRINTED}


def test_the_computed_annex_has_the_printed_shares_line_by_line():
    shares = [line["unused_percent"] for line in annex_of(ACCOUNT)]
    assert shares == [int(line["andel_procent"]) for line in PRINTED]


def test_the_year_has_the_printed_totals():
    year = year_of(ACCOUNT)
    assert year["recipient_count"] == 54
    assert year["granted_sek"] == 21_117_795
    assert year["unused_sek"] == 3_119_562
    assert year["unused_percent"] == 15


def test_five_used_nothing_and_ten_a_part_where_the_source_says_nine():
    year = year_of(ACCOUNT)
    assert (year["used_nothing_count"], year["used_part_count"], year["used_all_count"]) == (5, 10, 54 - 5 - 10)
