"""The audit of a round: findings and waivers as tables, every rule with its ground, and what Dagster is told."""

import datetime as dt
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets import audit
from assets.domain.frames import Frame
from assets.frames import records_of
from assets.ports import RoundKey
from pipelines.reports.validation.reports import ValidationReports
from pipelines.settings import REPORTS_ADDRESS
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.store import RoundStore
from schemas.configuration import catalogue
from schemas.configuration.programme import RoundSpec, Waiver
from schemas.rules.rule import found_rules, rules
from tests.frames import table

PROGRAMME = catalogue.programme("stadigvarande-boende")
ROUND = RoundKey(PROGRAMME.programme, 2023)
LAST_DAY, DAY_AFTER = dt.date(2024, 6, 30), dt.date(2024, 7, 1)
REASON = "Rättelse väntas från kommunen"
WAIVER = Waiver(rule="used_above_granted", reason=REASON, by="A. Chef", date=dt.date(2024, 1, 1), expires=LAST_DAY)
A_VALUE = "Exempelkomun"
LIKENESS = {
    "finding_no": 1,
    "rule": "name_by_likeness",
    "severity": "warn",
    "source_row": 3,
    "message_sv": f"”{A_VALUE}” finns inte i registret",
    "message_en": f"“{A_VALUE}” is not in the register",
}


def spec(*waivers: Waiver) -> RoundSpec:
    return PROGRAMME.rounds[2023].model_copy(update={"waivers": waivers})


def this_round(as_of: dt.date) -> dict[str, Any]:
    return {"programme": "p", "year": 2023, "provenance": "synthetic", "as_of_date": as_of}


def tables() -> dict[str, Frame]:
    """Two recipients that used a krona more than was granted, one that did not, and one name matched by likeness."""
    accounts = [
        {"recipient_code": code, "granted_sek": 100, "used_sek": used, "unused_sek": 100 - used, "outcome": "all_used"}
        for code, used in (("9901", 101), ("9902", 101), ("9903", 100))
    ]
    found = {
        "raw_finding": table("raw_finding", LIKENESS),
        "core_reconciliation": table("core_reconciliation", *accounts),
    }
    return {name: table(name) for name in audit.READ} | found


def findings(*waivers: Waiver, as_of: dt.date = LAST_DAY) -> Frame:
    return audit.core_findings(tables(), spec(*waivers), this_round(as_of), as_of)


def marked(found: Frame) -> list[tuple[str, dt.date | None, str | None]]:
    rows = sorted(records_of(found), key=lambda row: row["finding_no"])
    return sorted((row["rule"], row["waived_until_date"], row["waiver_reason"]) for row in rows)


# -- waivers --------------------------------------------------------------------------------------------------------
def test_without_a_waiver_no_finding_is_marked():
    assert marked(findings()) == [("name_by_likeness", None, None), *[("used_above_granted", None, None)] * 2]


def test_on_its_last_day_a_waiver_marks_the_findings_of_its_rule_and_no_others():
    waived = ("used_above_granted", LAST_DAY, REASON)
    assert marked(findings(WAIVER)) == [("name_by_likeness", None, None), waived, waived]


def test_the_day_after_its_last_a_waiver_marks_nothing():
    assert marked(findings(WAIVER, as_of=DAY_AFTER)) == marked(findings())


def test_a_waiver_is_not_in_force_before_the_day_it_was_decided():
    assert marked(findings(WAIVER, as_of=WAIVER.date - dt.timedelta(days=1))) == marked(findings())
    assert marked(findings(WAIVER, as_of=WAIVER.date)) != marked(findings())


def test_each_of_two_waivers_marks_its_own_rule():
    other = WAIVER.model_copy(update={"rule": "name_by_likeness", "reason": "Stavningen är kommunens egen"})
    assert marked(findings(WAIVER, other)) == [
        ("name_by_likeness", LAST_DAY, "Stavningen är kommunens egen"),
        *[("used_above_granted", LAST_DAY, REASON)] * 2,
    ]


def test_the_findings_of_a_round_are_numbered_through_and_fit_their_table():
    found = contracted("core_finding", findings(WAIVER))
    assert found["finding_no"].to_pylist() == [1, 2, 3]
    assert set(zip(found["programme"].to_pylist(), found["year"].to_pylist(), strict=True)) == {("p", 2023)}


@pytest.mark.parametrize(("as_of", "expired"), [(LAST_DAY, False), (DAY_AFTER, True)])
def test_a_waiver_is_listed_with_what_it_covers_and_whether_it_has_expired(as_of: dt.date, expired: bool):  # noqa: FBT001 - a column
    counts = audit.counted_by_rule(findings(WAIVER, as_of=as_of))
    [listed] = contracted("core_waiver", audit.core_waivers(spec(WAIVER), this_round(as_of), counts, as_of)).to_pylist()
    assert listed == {
        "programme": "p",
        "year": 2023,
        "rule": "used_above_granted",
        "reason": REASON,
        "waived_by": "A. Chef",
        "waived_date": dt.date(2024, 1, 1),
        "expires_date": LAST_DAY,
        "is_expired": expired,
        "finding_count": 0 if expired else 2,
        "provenance": "synthetic",
    }


def test_a_round_without_waivers_lists_none():
    counts = audit.counted_by_rule(findings())
    assert records_of(audit.core_waivers(spec(), this_round(LAST_DAY), counts, LAST_DAY)) == []


# -- what each rule found -------------------------------------------------------------------------------------------
def results(*waivers: Waiver) -> dict[str, dict[str, Any]]:
    frame = audit.core_rule_results(PROGRAMME, this_round(LAST_DAY), audit.counted_by_rule(findings(*waivers)))
    return {row["rule"]: row for row in contracted("core_rule_result", frame).to_pylist()}


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
    for row in results().values():
        for what in ("title", "ground"):
            assert row[f"{what}_sv"].strip()
            assert row[f"{what}_en"].strip()
    assert {(row["title_sv"], row["title_en"]) for row in results().values() if row["rule"] == "file_empty"} == {
        ("Tom fil", "Empty file")
    }


# -- what Dagster is told -------------------------------------------------------------------------------------------
class Somewhere:
    """Reports that lie at one place."""

    def __init__(self, root: str) -> None:
        self._root = root

    def refuse(self, round_key: RoundKey, run_id: str) -> None:
        raise NotImplementedError

    def withdraw(self, round_key: RoundKey) -> None:
        raise NotImplementedError

    def place(self, round_key: RoundKey, rule: str) -> str:
        return f"{self._root}/{round_key.year}#{rule}"


def checks(*waivers: Waiver, as_of: dt.date = LAST_DAY, root: str = "/reports") -> dict[str, dg.AssetCheckResult]:
    counts = audit.counted_by_rule(findings(*waivers, as_of=as_of))
    return {str(check.check_name): check for check in audit.check_results(ROUND, counts, Somewhere(root))}


def test_a_check_passes_where_its_rule_found_nothing_and_fails_where_it_did():
    failed = {name for name, check in checks().items() if not check.passed}
    assert failed == {"used_above_granted", "name_by_likeness"}
    assert set(checks()) == {rule.id for rule in found_rules()}


def test_a_waiver_in_force_lets_the_check_pass_and_says_so():
    check = checks(WAIVER)["used_above_granted"]
    assert check.passed
    assert check.description == "Used above granted: waived, see the report."
    assert (check.metadata["findings"].value, check.metadata["waived"].value) == (2, 2)


def test_an_expired_waiver_lets_the_check_fail():
    check = checks(WAIVER, as_of=DAY_AFTER)["used_above_granted"]
    assert not check.passed
    assert (check.metadata["findings"].value, check.metadata["waived"].value) == (2, 0)


def test_a_waiver_of_what_stops_lets_the_round_pass():
    exceeded = table("out_funds_by_year", {"available_sek": 5, "granted_sek": 6, "administration_sek": 0})
    waiver = WAIVER.model_copy(update={"rule": "funds_exceeded"})
    for waivers, passes in (((), False), ((waiver,), True)):
        found = audit.core_findings(
            tables() | {"out_funds_by_year": exceeded}, spec(*waivers), this_round(LAST_DAY), LAST_DAY
        )
        told = {
            each.check_name: each for each in audit.check_results(ROUND, audit.counted_by_rule(found), Somewhere(""))
        }
        assert told["funds_exceeded"].passed == passes


@pytest.mark.parametrize("rule", found_rules(), ids=lambda rule: rule.id)
def test_a_check_is_as_severe_as_its_rule_and_only_a_stop_blocks(rule: Any):
    [declared] = [each for each in audit.audited.check_specs if each.name == rule.id]
    expected = {
        "stop": (dg.AssetCheckSeverity.ERROR, True),
        "quarantine": (dg.AssetCheckSeverity.ERROR, False),
        "warn": (dg.AssetCheckSeverity.WARN, False),
    }
    assert (checks()[rule.id].severity, declared.blocking) == expected[rule.severity]


def test_a_check_tells_counts_and_places_and_no_value_of_a_cell():
    for check in checks().values():
        assert set(check.metadata) == {"findings", "waived", "report"}
        assert A_VALUE not in f"{check.description}{check.metadata}"
    assert str(checks()["name_by_likeness"].description) == (
        "Name matched by likeness: 1 found. The rows are kept and listed."
        " What to do stands with each finding, in the report."
    )
    assert checks()["row_lost"].description == "Row without a fate: nothing found."


def test_a_check_leads_to_the_report_by_an_address_where_it_is_served_and_else_by_a_path():
    served = checks(root="http://127.0.0.1:3000")["row_lost"].metadata["report"]
    assert served == dg.MetadataValue.url("http://127.0.0.1:3000/2023#row_lost")
    assert checks()["row_lost"].metadata["report"] == dg.MetadataValue.path("/reports/2023#row_lost")


def test_the_report_of_a_rule_lies_in_the_current_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    page = f"validation/{ROUND.programme}-2023.sv.html#row_lost"
    reports = ValidationReports(tmp_path, RoundStore(tmp_path))
    monkeypatch.delenv(REPORTS_ADDRESS, raising=False)
    assert reports.place(ROUND, "row_lost") == f"{tmp_path}/current/{page}"
    monkeypatch.setenv(REPORTS_ADDRESS, "http://127.0.0.1:3001")
    assert reports.place(ROUND, "row_lost") == f"http://127.0.0.1:3001/current/{page}"
