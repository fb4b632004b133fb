"""The audit of a round: findings and waivers as tables, every rule with its ground, and what the graph's checks say."""

import datetime as dt
from typing import Any

import dagster as dg
import pyarrow as pa

from assets import checks
from assets.domain import audit, findings
from assets.domain.waivers import in_force
from assets.tables import completed, table_of
from schemas.configuration.programme import Waiver
from schemas.rules.rule import found_rules, rules
from schemas.tables import ROUND_TABLES
from schemas.tables.base import table_name
from tests.rows import KEY, PROGRAMME, records

LAST_DAY, DAY_AFTER = dt.date(2024, 6, 30), dt.date(2024, 7, 1)
REASON = "Rättelse väntas från kommunen"
WAIVER = Waiver(rule="used_above_granted", reason=REASON, by="A. Chef", date=dt.date(2024, 1, 1), expires=LAST_DAY)
A_VALUE = "Exempelkomun"
LIKENESS = findings.Finding(
    rule="name_by_likeness",
    severity="warn",
    source_file="p/2023/file.csv",
    source_sheet=None,
    source_row=3,
    source_column="B",
    message_sv=f"”{A_VALUE}” finns inte i registret",
    message_en=f"“{A_VALUE}” is not in the register",
    recipient_code=None,
    provenance="synthetic",
)


def computed() -> dict[str, list[dict[str, Any]]]:
    """Two recipients that used a krona more than was granted, and one that did not."""
    known = {"granted_sek": 100, "granted_when_reported_sek": 100, "outcome": "difference"}
    accounts = [
        {**known, "recipient_code": code, "used_sek": used, "unused_sek": 100 - used}
        for code, used in (("9901", 101), ("9902", 101), ("9903", 100))
    ]
    return {name: [] for name in map(table_name, ROUND_TABLES)} | {
        "core_reconciliation": records("core_reconciliation", *accounts)
    }


def found(*waivers: Waiver, today: dt.date = LAST_DAY, **tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The findings of a round with one name matched by likeness, and those of its tables."""
    in_tables = findings.of_tables(computed() | tables, {})
    return findings.waived(findings.numbered([LIKENESS, *in_tables]), in_force(waivers, today), {})


def marked(rows: list[dict[str, Any]]) -> list[tuple[str, dt.date | None, str | None]]:
    return sorted((row["rule"], row["waived_until_date"], row["waiver_reason"]) for row in rows)


# -- waivers ----------------------------------------------------------------------------------------------------------
def test_without_a_waiver_no_finding_is_marked():
    assert marked(found()) == [("name_by_likeness", None, None), *[("used_above_granted", None, None)] * 2]


def test_a_waiver_marks_the_findings_of_its_rule_from_the_day_it_was_decided_to_its_last():
    waived = ("used_above_granted", LAST_DAY, REASON)
    for today in (WAIVER.date, LAST_DAY):
        assert marked(found(WAIVER, today=today)) == [("name_by_likeness", None, None), waived, waived], today
    for today in (WAIVER.date - dt.timedelta(days=1), DAY_AFTER):
        assert marked(found(WAIVER, today=today)) == marked(found()), today


def test_each_of_two_waivers_marks_its_own_rule():
    other = WAIVER.model_copy(update={"rule": "name_by_likeness", "reason": "Stavningen är kommunens egen"})
    assert marked(found(WAIVER, other)) == [
        ("name_by_likeness", LAST_DAY, "Stavningen är kommunens egen"),
        *[("used_above_granted", LAST_DAY, REASON)] * 2,
    ]


def test_the_findings_of_a_round_are_numbered_through_and_fit_their_table():
    rows = completed("core_finding", found(WAIVER), {"programme": KEY.programme, "year": KEY.year})
    assert table_of("core_finding", rows)["finding_no"].to_pylist() == [1, 2, 3]


def test_a_waiver_is_listed_with_what_it_covers_and_whether_it_has_expired():
    for today, covered, expired in ((LAST_DAY, 2, False), (DAY_AFTER, 0, True)):
        [row] = audit.waivers_of([WAIVER], found(WAIVER, today=today), {}, today)
        assert (row["rule"], row["reason"], row["waived_by"]) == (WAIVER.rule, REASON, "A. Chef")
        assert (row["finding_count"], row["is_expired"]) == (covered, expired), today
    assert list(audit.waivers_of([], found(), {}, LAST_DAY)) == []


# -- what each rule found ---------------------------------------------------------------------------------------------
def results(*waivers: Waiver) -> dict[str, dict[str, Any]]:
    return {row["rule"]: row for row in result_table(found(*waivers)).to_pylist()}


def result_table(rows: list[dict[str, Any]]) -> pa.Table:
    """What each rule found of these findings, as if each had been held on 17 things."""
    trials = {rule.id: (17, None) for rule in rules().values() if rule.tried}
    rows = list(audit.rule_results(PROGRAMME, audit.counted_by_rule(rows), trials))
    complete = completed("core_rule_result", rows, {"programme": KEY.programme, "year": 2023, "provenance": "real"})
    return table_of("core_rule_result", complete)


def test_every_rule_with_a_title_is_listed_also_where_it_found_nothing():
    listed = results(WAIVER)
    assert set(listed) == {rule.id for rule in rules().values() if rule.title}
    counts = {name: (row["finding_count"], row["waived_count"]) for name, row in listed.items()}
    assert {name: count for name, count in counts.items() if count != (0, 0)} == {
        "used_above_granted": (2, 2),
        "name_by_likeness": (1, 0),
    }


def test_a_rule_that_the_ordinance_is_the_ground_of_names_section_and_ordinance_and_that_nobody_has_read_its_text():
    row = results()["used_above_granted"]
    assert (row["ground_sv"], row["ground_en"]) == (
        "8 § SFS 2022:1416 (preliminärt)",
        "SFS 2022:1416, section 8 (preliminary)",
    )


def test_every_rule_has_its_title_and_its_ground_in_both_languages():
    listed = results()
    for name, row in listed.items():
        for what in ("title_sv", "title_en", "ground_sv", "ground_en"):
            assert row[what].strip(), (name, what)
    assert (listed["file_empty"]["title_sv"], listed["file_empty"]["title_en"]) == ("Tom fil", "Empty file")


# -- what Dagster is told ---------------------------------------------------------------------------------------------
def counts(*waivers: Waiver, today: dt.date = LAST_DAY, **tables: list[dict[str, Any]]) -> checks.Counts:
    rows = found(*waivers, today=today, **tables)
    return checks.counts_of(table_of("core_finding", completed("core_finding", rows, {})), result_table(rows))


def told(table: str, of: checks.Counts) -> dict[str, dg.AssetCheckResult]:
    """The results of a table's checks, by name."""
    return dict(checks.results_of(table, 3, of, lambda rule: f"http://127.0.0.1:3000/2023#{rule}"))


def test_a_check_passes_where_its_rules_found_nothing_and_fails_where_one_did():
    of = counts()
    accounts = told("core_reconciliation", of)
    assert {name: check.passed for name, check in accounts.items()} == {"contract": True, "warnings": False}
    assert accounts["warnings"].description == "Used above granted: 2"
    assert told("raw_row", of)["warnings"].description == "Name matched by likeness: 1"


def test_a_waiver_in_force_lets_the_check_pass_and_is_counted_and_an_expired_one_does_not():
    for today, passed, waived in ((LAST_DAY, True, 2), (DAY_AFTER, False, 0)):
        check = told("core_reconciliation", counts(WAIVER, today=today))["warnings"]
        assert check.passed == passed, today
        assert (check.metadata["findings"].value, check.metadata["waived"].value) == (2, waived), today


def test_what_stops_refuses_the_round_unless_a_waiver_covers_it():
    exceeded = records("out_funds_by_year", {"available_sek": 5, "granted_sek": 6, "administration_sek": 0})
    waiver = WAIVER.model_copy(update={"rule": "funds_exceeded"})
    for waivers, refused in (((), ["funds_exceeded"]), ((waiver,), [])):
        of = counts(*waivers, out_funds_by_year=exceeded)
        assert [rule.id for rule in checks.refusals(of)] == refused
        assert told("out_funds_by_year", of)["stops"].passed == (not refused)


def test_every_rule_is_held_by_one_check_as_severe_as_it_and_only_a_stop_blocks():
    severities = {"stops": "ERROR", "quarantines": "ERROR", "warnings": "WARN"}
    for rule in found_rules():
        table, name = checks.table_of(rule), checks.NAMES[rule.severity]
        assert rule in checks.about(table, rule.severity), rule.id
        [declared] = [spec for spec in checks.specs_of(table, None) if spec.name == name]
        assert declared.blocking == (rule.severity == "stop"), rule.id
        assert told(table, counts())[name].severity.name == severities[name], rule.id


def test_a_check_tells_counts_what_to_do_and_a_place_and_no_value_of_a_cell():
    check = told("raw_row", counts())["warnings"]
    assert A_VALUE not in f"{check.description}{check.metadata}"
    assert check.metadata["report"] == dg.MetadataValue.url("http://127.0.0.1:3000/2023#name_by_likeness")
    kept, what_to_do = check.metadata["what_to_do"].value.split("\n")
    assert kept == "The rows are kept and listed."
    assert what_to_do.endswith("Correct the name at the source or add an alias in programme.yaml.")
    quiet = told("out_funds_by_year", counts())
    assert {each.description for each in quiet.values()} == {"3 rows, as declared.", "Nothing found."}
    assert all(each.metadata["report"].value.endswith("#None") for each in quiet.values() if "report" in each.metadata)
