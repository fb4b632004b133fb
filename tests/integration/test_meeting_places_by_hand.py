"""The second programme's tables and reports, reckoned by hand from its exports (raw/motesplatser-for-aldre).

Every expected figure is the sum that a person makes with the exports before them; none is taken from a run.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.integration.publishing import current, inside, rows, run_rounds
from tests.integration.test_validation_reports import read, section

NAME = "motesplatser-for-aldre"

GRANTED_2021 = 100_000 + 60_000 + 80_000 + 120_000 + 40_000
UNUSED_2021 = 20_000 + 0 + 40_000 + 40_000 + 5_000
"""Five grants; the first two are of Exempelkommun 11, the others of 12, 13 and 14."""

GRANTED_2024 = 100_000 + 80_000 + 60_000 + 40_000 + 30_000 + 20_000
GRANTED_2025 = 200_000 + 150_000 + 120_000 + 90_000 + 60_000 + 50_000 + 40_000 + 30_000 + 25_000 + 20_000
USED_2025 = {
    "Exempelregion 01": [40_000, 50_000, 50_000, 45_000],
    "Exempelregion 02": [30_000, 30_000, 40_000, 35_000],  # the supplement; the report said 30 000 four times
    "Exempelregion 03": [30_000, 30_000, 30_000, 30_000],
    "Exempelförbundet 01": [0, 20_000, 30_000, 25_000],  # late, and nothing came in time
    "Exempelkommun 01": [10_000, 15_000, 15_000, 12_000],  # "15 tkr"; the late report beside it does not count
    "Exempelkommun 03": [12_000, 8_500, 9_500, 8_000],
    "Exempelkommun 04": [5_000, 5_000, 5_000, 5_000],
    "Exempelkommun 05": [0, 0, 0, 0],
}
"""By quarter. Exempelkommun 02 left a draft, 06 nothing; the name "Exempelkommun 60" is no recipient's."""

UNUSED_2025 = 15_000 + 15_000 + 0 + 15_000 + 8_000 + 2_000 + 5_000 + 25_000


def percent(part: int, whole: int) -> int:
    """A share in whole percent, rounded half up."""
    return int(100 * part / whole + 0.5)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every round of every programme, as one examined version."""
    warehouse = tmp_path_factory.mktemp("all") / "warehouse"
    done = run_rounds("--all", warehouse=warehouse, examined=True)
    assert done.returncode == 0, done.stderr
    return warehouse


@pytest.fixture(scope="module")
def figures(warehouse: Path) -> Callable[..., list[Any]]:
    def asked(columns: str, table: str, more: str = "1") -> list[Any]:
        # Columns and tables are written in this file.
        return rows(current(warehouse), f"SELECT {columns} FROM {table} WHERE programme = '{NAME}' AND {more}")

    return asked


def test_both_programmes_are_in_one_version(warehouse: Path):
    programmes = rows(current(warehouse), "SELECT programme, count(*) FROM core_round GROUP BY programme ORDER BY 1")
    assert programmes == [(NAME, 3), ("stadigvarande-boende", 2)]


def test_what_was_granted_and_not_used(figures):
    """2024: of six, the one of 30 000 was late, which that round excludes; 5 + 0 + 10 + 5 + 2 thousand were left."""
    columns = "year, recipient_count, granted_sek, reported_granted_sek, unused_sek, unused_percent"
    unused_2024 = 5_000 + 0 + 10_000 + 5_000 + 2_000
    reported_2024 = GRANTED_2024 - 30_000
    reported_2025 = GRANTED_2025 - 50_000 - 20_000
    assert figures(columns, "out_grant_by_year", "1 ORDER BY year") == [
        (2021, 4, GRANTED_2021, GRANTED_2021, UNUSED_2021, percent(UNUSED_2021, GRANTED_2021)),
        (2024, 6, GRANTED_2024, reported_2024, unused_2024, percent(unused_2024, reported_2024)),
        (2025, 10, GRANTED_2025, reported_2025, UNUSED_2025, percent(UNUSED_2025, reported_2025)),
    ]


def test_how_many_used_all_some_or_nothing(figures):
    """2025: Exempelregion 03 used all and Exempelkommun 05 nothing; two of ten did not report, so six used a part.

    2024: of six one reported too late, which is no missing report.
    """
    columns = "used_all_count, used_part_count, used_nothing_count, without_report_count, use_unknown_count, used_sek"
    assert figures(columns, "out_grant_by_year", "year = 2025") == [(1, 10 - 1 - 1 - 2, 1, 2, 0, None)]
    assert figures(columns, "out_grant_by_year", "year = 2024") == [(1, 6 - 1 - 1, 0, 0, 1, None)]


def test_who_is_left_out_is_printed_in_the_table(figures):
    """2025: 50 000 and 20 000 were granted to the two that did not report; 2024: 30 000 to the one that was late."""
    columns = "left_out_count, left_out_granted_sek"
    assert figures(columns, "out_grant_by_year", "1 ORDER BY year") == [(0, 0), (1, 30_000), (2, 70_000)]
    [(note,)] = figures("DISTINCT note_sv", "out_table_cell", "table_no = 1 AND row_no = 2 AND unit = 'percent'")
    assert note.replace("\u00a0", " ") == (
        "Avser bidrag om 715 000 kr av beviljade 785 000 kr. Inte med: 2 bidrag om 70 000 kr (ingen återrapport)."
    )


def test_the_round_with_a_report_of_nobody_that_is_known_is_preliminary(figures, warehouse: Path):
    """25-10 is of Exempelkommun 60 and says that 10 000 was granted: 10 000 of 785 000 is below 25 percent.

    In 2021 a repayment waits to be placed.
    """
    columns = "is_preliminary, set_aside_count, set_aside_granted_sek"
    assert figures(columns, "core_round", "1 ORDER BY year") == [(1, 1, 0), (0, 0, 0), (1, 1, 10_000)]
    assert figures("kind, together_kr, limit_kr", "core_set_aside", "year = 2025") == [
        ("usage_report", 10_000, 785_000 * 25 // 100)
    ]
    manifest = json.loads((current(warehouse) / "manifest.json").read_text("utf-8"))
    assert manifest["is_preliminary"]
    told = {(card["programme"], card["year"]): card["is_preliminary"] for card in manifest["rounds"]}
    assert [key for key, is_preliminary in told.items() if is_preliminary] == [(NAME, 2021), (NAME, 2025)]
    page = (current(warehouse) / f"reports/{NAME}/uppfoljning_2026.html").read_text("utf-8")
    assert page.count("Preliminär") > len(("the page", "the box"))
    assert "Preliminär" in (warehouse / "index.html").read_text("utf-8")
    assert (
        "Preliminär" not in (current(warehouse) / "reports/stadigvarande-boende/delredovisning_2024.html").read_text()
    )


def test_funds_are_known_of_the_year_whose_accounts_came(figures):
    columns = "available_sek, administration_sek, granted_sek, undistributed_sek"
    undistributed = 1_000_000 - 50_000 - GRANTED_2025
    assert figures(columns, "out_funds_by_year", "year = 2025") == [(1_000_000, 50_000, GRANTED_2025, undistributed)]
    assert figures(columns, "out_funds_by_year", "year = 2024") == [(None, None, GRANTED_2024, None)]
    assert figures("count(*)", "core_application") == figures("count(*)", "out_application_by_year") == [(0,)]


def test_each_account_is_the_sum_of_its_quarters(figures):
    named = "core_reconciliation JOIN core_recipient r USING (programme, year, recipient_code)"
    reported = figures("r.recipient_name, used_sek", named, "year = 2025 AND used_sek IS NOT NULL")
    assert dict(reported) == {name: sum(quarters) for name, quarters in USED_2025.items()}
    outcomes = figures("outcome, count(*)", "core_reconciliation", "year = 2025 GROUP BY outcome")
    assert dict(outcomes) == {"all_used": 1, "unused_reported": 6, "difference": 1, "report_missing": 2}
    assert figures("difference_sek", "core_reconciliation", "outcome = 'difference'") == [(30_000 - 20_000 - 5_000,)]


def test_where_the_money_stands(figures):
    """Exempelkommun 05 used nothing of 25 000, which was claimed back; 5 000 came. Nobody's payments are told."""
    columns = "repayable_sek, claimed_sek, received_sek, outstanding_sek, status"
    named = "core_account JOIN core_recipient r USING (programme, year, recipient_code)"
    [claimed] = figures(columns, named, "year = 2025 AND r.recipient_name = 'Exempelkommun 05'")
    assert claimed == (25_000, 25_000, 5_000, 25_000 - 5_000, "under_recovery")
    measures = dict(figures("measure, amount_kr", "out_balance", "year = 2025"))
    assert (measures["repayable"], measures["outstanding"]) == (UNUSED_2025, UNUSED_2025 - 5_000)
    assert (measures["claim_left"], measures["undecided"]) == (25_000 - 5_000, UNUSED_2025 - 25_000)
    gap = GRANTED_2025 - 50_000 - 20_000 - sum(map(sum, USED_2025.values())) - UNUSED_2025
    assert measures["unaccounted"] == 50_000 + 20_000 + gap  # two have not reported, and one told of too little
    statuses = figures("status, count(*)", "core_account", "year = 2025 GROUP BY status")
    assert dict(statuses) == {
        "balanced": 1,
        "no_report": 2,
        "under_recovery": 1,
        "under_reported": 1,
        "unused_outstanding": 10 - 1 - 2 - 1 - 1,
    }


def test_use_by_quarter(figures):
    by_quarter = [sum(quarters) for quarters in zip(*USED_2025.values(), strict=True)]
    printed = figures("row_label, value", "out_table_cell", "table_no = 2 AND column_name = 'used_sek' ORDER BY row_no")
    labels = ["Kvartal 1", "Kvartal 2", "Kvartal 3", "Kvartal 4", "Tillsammans"]
    assert printed == list(zip(labels, [*by_quarter, sum(by_quarter)], strict=True))
    half_years = [45_000 + 40_000 + 20_000 + 15_000 + 10_000, 50_000 + 40_000 + 30_000 + 20_000 + 8_000]
    answers = figures("option, sum(amount_kr)", "core_answer", "question = 'use_by_half_year' GROUP BY option")
    assert answers == list(zip(["first", "second"], half_years, strict=True))


def test_own_cofunding_by_kind_of_recipient_where_blank_is_not_zero(figures):
    """Money and working time. Exempelregion 03 left both blank, Exempelkommun 05 the time; 04 wrote zero twice."""
    regions = (60_000 + 20_000) + (0 + 45_000)
    municipalities = (12_000 + 3_000) + (50_000 + 0) + (0 + 0) + 0
    chosen = "indicator = 'own_funding' AND across = 'group' AND option = 'all_together' ORDER BY category_no"
    assert figures("category, value, answer_count, blank_count", "out_measure_by_group", chosen) == [
        ("regions", regions, 2, 1),
        ("associations", 10_000 + 5_000, 1, 0),
        ("municipalities", municipalities, 4, 1),
    ]


def test_satisfaction_in_hundredths(figures):
    """Seven rated it in 2025; Exempelkommun 05 did not."""
    means = "indicator = 'satisfaction' AND year = 2025 AND across IN ('everyone', 'group') ORDER BY category_no"
    assert dict(figures("category, value", "out_measure_by_group", means)) == {
        "everyone": int(100 * (4 + 5 + 3 + 2 + 4 + 5 + 1) / 7 + 0.5),
        "regions": 100 * (4 + 5 + 3) // 3,
        "associations": 200,
        "municipalities": int(100 * (4 + 5 + 1) / 3 + 0.5),
    }


def test_meeting_places_are_compared_though_the_form_changed(figures):
    """2024: four of five answered. 2025: seven of eight, one of which had none of them; two digital options are one.

    So few are printed as counts.
    """
    columns = "column_name, row_label, value, base_count, unit"
    assert figures(columns, "out_table_cell", "table_no = 4 ORDER BY column_no, row_no") == [
        ("percent_2024", "Öppen träffpunkt", 3, 4, "count"),
        ("percent_2024", "Digitalt", 2, 4, "count"),
        ("percent_2024", "Uppsökande verksamhet", 1, 4, "count"),
        ("percent_2025", "Öppen träffpunkt", 4, 7, "count"),
        ("percent_2025", "Digitalt", 3, 7, "count"),
        ("percent_2025", "Uppsökande verksamhet", 3, 7, "count"),
    ]
    assert figures("DISTINCT year, is_comparable", "out_comparison", "1 ORDER BY year") == [
        (2021, 0),  # its form did not ask
        (2024, 1),
        (2025, 1),
    ]


def test_a_share_of_2025_has_bounds_for_those_that_did_not_answer(figures):
    """Of ten, four said drop-in, one left it blank and two did not report."""
    drop_in = "indicator = 'meeting_place' AND option = 'drop_in' AND year = 2025"
    shares = figures("numerator, denominator, lowest_percent, highest_percent", "out_indicator", drop_in)
    assert shares == [(4, 7, percent(4, 10), percent(4 + 1 + 2, 10))]


def test_who_pays_was_asked_of_those_whose_activities_go_on(figures):
    """Three said yes and two in part; one of them left it blank. The other three, which said no, were not asked."""
    columns = "option, asked_count, blank_count, numerator, denominator"
    assert figures(columns, "out_indicator", "indicator = 'who_pays' ORDER BY option_no") == [
        ("budget", 3 + 2, 1, 2, 4),
        ("fees", 3 + 2, 1, 2, 4),
    ]


FATES = {
    2021: {"received": 5 + 6 + 5 + 4 + 5, "accepted": 5 + 5 + 5 + 5, "superseded": 4, "excluded": 0, "quarantined": 1},
    2024: {"received": 6 + 8, "accepted": 6 + 5, "superseded": 1, "excluded": 2, "quarantined": 0},
    2025: {"received": 10 + 3 + 5 + 13, "accepted": 10 + 3 + 5 + 8, "superseded": 1, "excluded": 3, "quarantined": 1},
}
"""2021: the first extract of four is replaced, and a repayment waits.

2024: a test and a late one are excluded. 2025: a test, a draft and a late one; an unknown name is in quarantine."""

FINDINGS = {
    2021: ["grant_not_told", *4 * ["replaced_file"], "used_exactly_granted"],
    2024: ["late_report_excluded", "superseded_submission", "test_submission", "used_exactly_granted"],
    2025: [
        "amount_in_unit", "decision_without_report", "decision_without_report", "draft_submission", "form_constraint",
        "grant_is_not_used_plus_unused", "late_report_accepted", "late_report_excluded", "name_unknown",
        "supplemented_submission", "test_submission", "used_exactly_granted",
    ],
}  # fmt: skip


@pytest.mark.parametrize("year", FATES)
def test_what_became_of_every_row_and_what_was_found(year: int, figures):
    sums = ", ".join(f"sum({fate}_count)" for fate in FATES[year])
    assert figures(sums, "core_funnel", f"year = {year}") == [tuple(FATES[year].values())]
    found = figures("rule", "core_finding", f"year = {year} ORDER BY rule")
    assert [rule for (rule,) in found] == FINDINGS[year]


@pytest.mark.parametrize("year", FATES)
def test_its_validation_report_says_the_same(year: int, warehouse: Path):
    text = read(inside(warehouse) / f"validation/{NAME}-{year}.sv.html")
    fates = FATES[year]
    told = section(text, "Från mottaget till godtaget", "Vad som lästs")
    shown = [fates[name] for name in ("received", "accepted", "superseded", "excluded", "quarantined")]
    assert f"Summa {' '.join(map(str, shown))}" in told
    assert "6 § SFS 0000:000 (påhittad) (preliminärt)" in text


def test_its_validation_report_of_2025_shows_the_gaps_first(warehouse: Path):
    text = read(inside(warehouse) / f"validation/{NAME}-2025.sv.html")
    for told in ("går inte ihop", "återrapportering saknas", "räknas bara om ingen kom i tid"):
        assert told in text


def test_rows_of_nobody_that_is_known_have_a_page(warehouse: Path):
    told = read(inside(warehouse) / f"validation/{NAME}-2025.r.sv.html")
    assert "Rader utan känd mottagare" in told
    assert "svar-2025.csv, rad 13 fiktiva i karantän Okänd mottagare –" in told
    assert "Beviljat 2025: 10\u00a0000" in told.replace("10 000", "10\u00a0000")
    assert "Exempelkommun 60" not in told, "what stood in place of a name may be about a person"


def test_everything_of_it_is_marked_as_made_up(figures):
    for table in ("core_round", "out_grant_by_year", "out_indicator", "out_table_cell", "out_annex"):
        assert figures("DISTINCT provenance", table) == [("synthetic",)]


def test_who_reported_too_late_to_count_is_a_matter_to_decide(figures):
    """Exempelkommun 02 of 2024: 30 000 granted, and the only report came after its last day."""
    asked = "recipient_code, state, amount_at_issue_sek"
    assert figures(asked, "core_recovery_case", "year = 2024 AND matter = 'report_excluded'") == [
        ("9902", "to_decide", 30_000)
    ]
    assert figures("recipient_code, todo", "core_todo", "year = 2024") == [("9902", "decide_on_late_report")]
