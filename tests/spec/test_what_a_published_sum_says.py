"""A published sum says what it is of: who is left out, what they were granted, and what its share is a share of.

A decision of the agency that is set aside stops the round. A report that is makes it preliminary, and stops it only
above the programme's limit. A waiver lets either pass, and is told.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from assets import checks
from assets.domain.evaluation.printed import READ, Declared, table_cells
from assets.tables import table_of
from pipelines.reports.evaluation import annex_total
from schemas.configuration.indicators import Indicators
from schemas.configuration.programme import Waiver
from schemas.configuration.reports import Report
from tests.rows import KEY
from tests.spec import rounds
from tests.spec.language import SPECIFIED, Rows, accounts, annex_of, computed, decisions, repayments, reports, year_of
from tests.spec.rounds import Records

REPORT = Report.model_validate(
    {
        "report": "r",
        "title": {"sv": "x", "en": "x"},
        "rounds": [rounds.YEAR],
        "annex": rounds.YEAR,
        "tables": {
            2: {
                "title": {"sv": "x", "en": "x"},
                "rows": {"table": "out_grant_by_year"},
                "row_header": {"sv": "År", "en": "Year"},
                "columns": {
                    "granted": {"value": "granted_sek", "unit": "sek", "sv": "Fördelat", "en": "Granted"},
                    "unused": {"value": "unused_sek", "unit": "sek", "sv": "Oanvänt", "en": "Unused"},
                    "share": {"value": "unused_percent", "unit": "percent", "sv": "Andel", "en": "Share"},
                },
            }
        },
    }
)
DUE = "2024-02-01"
NOBODY_KNOWS = "Exempelkommun 10"
"""A name that is not in the register."""


def table_2(account: dict[str, Records]) -> dict[str, tuple[int | None, str | None]]:
    """What Table 2 prints: the figure of each column, and its note."""
    cells = table_cells(KEY.programme, REPORT, {name: account[name] for name in READ}, Declared(Indicators(), {}, 1))
    return {
        cell["column_name"]: (cell["value"], cell["note_sv"] and cell["note_sv"].replace("\u00a0", " "))
        for cell in cells
    }


def stops(account: dict[str, Records]) -> list[str]:
    """The rules that stop the round, but for that about files without a row: a page of the specification has few."""
    found, results = (table_of(name, account[name]) for name in ("core_finding", "core_rule_result"))
    refused = [rule.id for rule in checks.refusals(checks.counts_of(found, results))]
    return [rule for rule in refused if rule != "nothing_left_of_file"]


def waiving(*waivers: dict[str, Any], percent: int = 5) -> Any:
    """The programme with these waivers."""
    said = {"reason": "Beslutet rättas i nästa export", "by": "A. Chef", "date": dt.date(2024, 7, 1)}
    given = tuple(Waiver.model_validate({"expires": dt.date(2024, 12, 31), **said, **each}) for each in waivers)
    spec = SPECIFIED.rounds[rounds.YEAR].model_copy(update={"waivers": given})
    return SPECIFIED.model_copy(update={"rounds": {rounds.YEAR: spec}, "set_aside_percent": percent})


# -- who is left out, in the table ------------------------------------------------------------------------------------
def test_where_everybody_has_reported_there_is_nothing_to_remark():
    account = computed(
        decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: 100 000"),
        reports("Exempelkommun 01: 20 000 oanvänt", "Exempelkommun 02: 10 000 oanvänt"),
    )
    assert table_2(account) == {"granted": (300_000, None), "unused": (30_000, None), "share": (10, None)}


def test_a_missing_report_and_a_decision_set_aside_are_told_with_their_amounts():
    """Of 300 000 granted 200 000 are reported on, 20 000 of it unused: 10 %. A decision of 150 000 is set aside."""
    granted = decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: 100 000", f"{NOBODY_KNOWS}: 150 000", due=DUE)
    printed = table_2(computed(granted, reports("Exempelkommun 01: 20 000 oanvänt")))
    of_decision = "1 beslut om 150 000 kr (beslutet är lagt åt sidan)"
    assert printed["granted"] == (300_000, f"Inte med: {of_decision}.")
    of_use = (
        "Avser bidrag om 200 000 kr av beviljade 300 000 kr. "
        f"Inte med: 1 bidrag om 100 000 kr (ingen återrapport); {of_decision}."
    )
    assert printed["unused"] == (20_000, of_use)
    assert printed["share"] == (10, of_use)


def test_the_year_tells_them_in_columns_and_reason_by_reason():
    granted = decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: 100 000", f"{NOBODY_KNOWS}: 150 000", due=DUE)
    account = computed(granted, reports("Exempelkommun 01: 20 000 oanvänt"))
    year = year_of(account)
    assert (year["reported_granted_sek"], year["left_out_count"], year["left_out_granted_sek"]) == (200_000, 1, 100_000)
    assert (year["set_aside_count"], year["set_aside_granted_sek"]) == (1, 150_000)
    told = {
        (row["figure"], row["reason"]): (row["left_out_count"], row["left_out_granted_sek"])
        for row in account["out_left_out"]
    }
    assert told == {("unused_sek", "no_report"): (1, 100_000), ("granted_sek", "decision_set_aside"): (1, 150_000)}


def test_an_amount_that_cannot_be_read_is_left_out_as_unknown_and_never_as_zero():
    year = year_of(computed(decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: ca 150 000")))
    assert (year["granted_sek"], year["set_aside_count"], year["set_aside_granted_sek"]) == (200_000, 1, None)


def test_a_report_that_is_set_aside_is_no_missing_report():
    granted = decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: 100 000", due=DUE)
    account = computed(granted, reports("Exempelkommun 01: 20 000 oanvänt", "Exempelkommun 02: ca 5 oanvänt"))
    year = year_of(account)
    assert (year["without_report_count"], year["use_unknown_count"], year["used_part_count"]) == (0, 1, 1)
    assert "1 bidrag om 100 000 kr (oanvänt belopp går inte att läsa)" in str(table_2(account)["unused"][1])


def test_a_report_that_is_not_due_yet_is_told_as_that():
    account = computed(decisions("Exempelkommun 01: 200 000", due="2024-07-01"), as_of="2024-06-30")
    value, note = table_2(account)["unused"]
    assert value is None
    assert note == (
        "Avser bidrag om 0 kr av beviljade 200 000 kr. "
        "Inte med: 1 bidrag om 200 000 kr (återrapporten ska lämnas senare)."
    )


# -- unused above granted ---------------------------------------------------------------------------------------------
ABOVE: tuple[Rows, Rows] = (
    decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: 100 000"),
    reports("Exempelkommun 01: 20 000 oanvänt", "Exempelkommun 02: 120 000 oanvänt"),
)


def test_unused_above_granted_is_in_neither_the_sum_nor_the_share_and_is_told_with_its_amount():
    account = computed(*ABOVE)
    year = year_of(account)
    assert (year["granted_sek"], year["reported_granted_sek"]) == (300_000, 200_000)
    assert (year["unused_sek"], year["unused_percent"]) == (20_000, 10)
    note = "Inte med: 1 bidrag om 100 000 kr (uppger 120 000 kr oanvänt, mer än beviljat)."
    assert str(table_2(account)["share"][1]).endswith(note)


def test_in_the_annex_it_is_printed_marked_and_without_a_share():
    line = annex_of(computed(*ABOVE))[1]
    assert (line["granted_sek"], line["unused_sek"], line["unused_percent"]) == (100_000, 120_000, None)
    assert line["note"] == "Uppgivet oanvänt är mer än beviljat och ingår varken i summan eller i andelen."


def test_all_of_the_grant_unused_is_a_share_of_100():
    year = year_of(computed(decisions("Exempelkommun 01: 100 000"), reports("Exempelkommun 01: 100 000 oanvänt")))
    assert (year["unused_sek"], year["unused_percent"], year["left_out_count"]) == (100_000, 100, 0)


# -- the annex ends with its total ------------------------------------------------------------------------------------
def total(account: dict[str, Records]) -> list[int | None]:
    cells = annex_total(account["out_annex"], account["out_left_out"])["cells"]
    return [cell["value"] for cell in cells]


def test_the_annex_ends_with_the_sums_of_its_lines():
    account = computed(
        decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: 100 000"),
        reports("Exempelkommun 01: 20 000 oanvänt", "Exempelkommun 02: 10 000 oanvänt"),
    )
    assert total(account) == [200_000 + 100_000, 20_000 + 10_000, 10]


def test_its_share_is_of_those_whose_use_is_known():
    assert total(computed(*ABOVE)) == [300_000, 20_000, 10]


# -- several grants of one recipient ----------------------------------------------------------------------------------
def test_a_recipient_of_two_grants_is_one_recipient_and_its_grants_are_added_once():
    granted = [
        *decisions("Exempelkommun 01: 200 000", case="EX 1"),
        *decisions("Exempelkommun 01: 100 000", case="EX 2"),
    ]
    reported = [*reports("Exempelkommun 01: 20 000 oanvänt", case="EX 1")]
    year = year_of(computed(granted, reported))
    assert (year["recipient_count"], year["granted_sek"], year["unused_sek"]) == (1, 300_000, 20_000)
    assert (year["left_out_count"], year["left_out_granted_sek"]) == (1, 100_000)


# -- the agency's own decision ----------------------------------------------------------------------------------------
UNREADABLE = decisions("Exempelkommun 01: 200 000", "Exempelkommun 02: ca 150 000", case="EX 1")
ROW = {"file": "decisions.csv", "row": 3}


def test_a_decision_without_a_readable_amount_stops_the_round():
    assert stops(computed(UNREADABLE)) == ["decision_set_aside"]


def test_a_decision_of_somebody_nobody_knows_stops_the_round():
    assert stops(computed(decisions(f"{NOBODY_KNOWS}: 150 000"))) == ["decision_set_aside"]


def test_decisions_that_all_count_stop_nothing():
    assert stops(computed(decisions("Exempelkommun 01: 200 000"))) == []


def test_a_waiver_of_its_row_lets_it_pass_and_is_told_with_who_why_and_until_when():
    account = computed(UNREADABLE, programme=waiving({"rule": "decision_set_aside", **ROW}))
    assert stops(account) == []
    [row] = account["core_set_aside"]
    assert (row["waived_by"], row["waiver_reason"]) == ("A. Chef", "Beslutet rättas i nästa export")
    assert str(row["waived_until_date"]) == "2024-12-31"
    assert account["core_round"][0]["is_preliminary"]


def test_a_waiver_of_another_row_or_another_case_lets_nothing_pass():
    for narrowed in ({**ROW, "row": 2}, {**ROW, "file": "usage_report_2022.csv"}, {"case_number": "EX 2"}):
        account = computed(UNREADABLE, programme=waiving({"rule": "decision_set_aside", **narrowed}))
        assert stops(account) == ["decision_set_aside"], narrowed


def test_a_waiver_of_its_case_number_lets_it_pass():
    account = computed(UNREADABLE, programme=waiving({"rule": "decision_set_aside", "case_number": "EX 1"}))
    assert stops(account) == []
    assert [row["finding_count"] for row in account["core_waiver"]] == [1]


def test_a_waiver_that_has_expired_lets_nothing_pass():
    expired = {"rule": "decision_set_aside", **ROW, "expires": dt.date(2024, 12, 30)}  # the day before the run
    assert stops(computed(UNREADABLE, programme=waiving(expired))) == ["decision_set_aside"]


# -- a recipient's report ---------------------------------------------------------------------------------------------
def set_aside(*grants: str, unreadable: Sequence[int], programme: Any = SPECIFIED) -> dict[str, Records]:
    """Grants of so much each, and which of them are reported on so that it cannot be read; the others used all."""
    names = [f"Exempelkommun {number:02}" for number in range(1, len(grants) + 1)]
    granted = decisions(*(f"{name}: {amount}" for name, amount in zip(names, grants, strict=True)))
    said = ["ca 5 oanvänt" if number in unreadable else "0 oanvänt" for number in range(1, len(grants) + 1)]
    reported = reports(*(f"{name}: {what}" for name, what in zip(names, said, strict=True)))
    return computed(granted, reported, programme=programme)


def test_a_report_that_is_set_aside_makes_the_round_preliminary_and_does_not_stop_it():
    account = set_aside("950 000", "50 000", unreadable=[2])
    [this] = account["core_round"]
    assert stops(account) == []
    assert (this["is_preliminary"], this["set_aside_count"], this["set_aside_granted_sek"]) == (True, 1, 50_000)


def test_a_round_of_which_nothing_is_set_aside_is_not_preliminary():
    [this] = set_aside("950 000", "50 000", unreadable=[])["core_round"]
    assert (this["is_preliminary"], this["set_aside_count"], this["set_aside_granted_sek"]) == (False, 0, 0)


def test_above_five_percent_of_the_granted_money_it_stops_the_round():
    assert stops(set_aside("949 999", "50 001", unreadable=[2])) == ["set_aside_above_limit"]


def test_what_is_set_aside_is_added_up():
    """Two of 30 000 are 60 000 of 1 000 000: above 50 000, though neither is alone."""
    account = set_aside("940 000", "30 000", "30 000", unreadable=[2, 3])
    assert stops(account) == ["set_aside_above_limit"]
    assert [(row["together_sek"], row["limit_sek"]) for row in account["core_set_aside"]] == [(60_000, 50_000)] * 2


def test_the_limit_is_the_programmes():
    assert stops(set_aside("940 000", "60 000", unreadable=[2], programme=waiving(percent=6))) == []


def test_a_waiver_of_one_report_takes_it_out_of_the_sum():
    waiver = {"rule": "set_aside_above_limit", "file": "usage_report_2022.csv", "row": 3}
    account = set_aside("940 000", "30 000", "30 000", unreadable=[2, 3], programme=waiving(waiver))
    assert stops(account) == []  # 30 000 of 1 000 000 is left
    assert account["core_round"][0]["is_preliminary"]


def test_a_report_of_nobody_that_is_known_is_taken_to_be_of_the_largest_grant_without_a_report():
    granted = decisions("Exempelkommun 01: 900 000", "Exempelkommun 02: 60 000", "Exempelkommun 03: 40 000")
    reported = reports("Exempelkommun 01: 0 oanvänt", f"{NOBODY_KNOWS}: 5 oanvänt")
    account = computed(granted, reported)
    assert [row["granted_sek"] for row in account["core_set_aside"]] == [None]
    assert [row["together_sek"] for row in account["core_set_aside"]] == [60_000]
    assert stops(account) == ["set_aside_above_limit"]


def test_a_report_that_says_what_it_is_of_is_of_that():
    granted = decisions("Exempelkommun 01: 900 000", "Exempelkommun 02: 60 000", "Exempelkommun 03: 40 000")
    reported = reports("Exempelkommun 01: 0 oanvänt", f"{NOBODY_KNOWS}: 40 000 beviljat, 5 oanvänt")
    assert [row["together_sek"] for row in computed(granted, reported)["core_set_aside"]] == [40_000]


# -- what is not money of a grant -------------------------------------------------------------------------------------
def test_an_event_that_is_set_aside_makes_the_round_preliminary_and_no_money_is_set_aside():
    account = computed(
        decisions("Exempelkommun 01: 200 000"),
        reports("Exempelkommun 01: 0 oanvänt"),
        repayments("Exempelkommun 01: ca 5"),
    )
    [this] = account["core_round"]
    assert (this["is_preliminary"], this["set_aside_count"], this["set_aside_granted_sek"]) == (True, 1, 0)
    assert stops(account) == []


def test_the_use_of_a_grant_is_known_or_left_out_and_never_both():
    account = accounts(*ABOVE)
    assert account["Exempelkommun 02"]["unused_sek"] == 120_000  # what was reported stays what was reported
