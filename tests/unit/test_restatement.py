"""`restate` on small warehouses made by hand: what it tells, and every way in which it cannot."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.domain.grant.account import account_of
from assets.domain.grant.entries import Entry, of_grants, records_of, undone
from assets.domain.grant.records import Source
from assets.tables import completed
from pipelines.inquiries import restatement_told
from pipelines.inquiries.restatement import Asked, restated
from pipelines.reports.columns import laid_out
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.tables import TABLES, project
from schemas.words.vocabulary import ACCOUNT_MEASURES
from tests.by_hand import again, called, publish_by_hand

PROGRAMME = "stadigvarande-boende"
OWN = {"programme": PROGRAMME, "year": 2023}
TOLD = catalogue.programme(PROGRAMME).told_events(2023)
FILE = f"{PROGRAMME}/2023/file.csv"
WHO = "9901"


def entry(row: int, day: str, event: str, amount: int, grant: str = "1", **facts: Any) -> Entry:
    """One entry of one recipient, as row so and so of a file says."""
    recorded = dt.date.fromisoformat(day)
    known = {
        "entry_id": f"form:{row}:{event}@{day}",
        "row_id": f"form:{row}",
        "event": event,
        "cost_category": None,
        "cause": "report" if event.startswith("reported") else "recovery" if "recovery" in event else "decision",
        "recipient_code": WHO,
        "grant_id": grant,
        "case_number": None,
        "event_date": recorded,
        "recorded_date": recorded,
        "recorded_is_assumed": False,
        "amount_sek": amount,
        "reverses": None,
        "source": Source(FILE, None, row),
    }
    return Entry(**known | facts)


FIRST = (
    entry(1, "2023-12-31", "decision", 700_000),
    entry(2, "2024-05-31", "reported_use", 515_637),
    entry(2, "2024-05-31", "reported_unused", 184_363),
)
FOOTNOTE = entry(3, "2024-07-31", "repaid_after_recovery", 110_191, recorded_is_assumed=True)


def publish(warehouse: Path, version: str, *entries: Entry, **more: Any) -> Path:
    """A version that holds these entries. `more`: amounts to publish besides; its code; its rounds; a file's hash."""
    sha256 = more.get("sha256", "1")
    tables: dict[str, Sequence[dict[str, Any]]] = {
        "core_round": [{"as_of_date": max(each.recorded_date for each in entries)}],
        "core_recipient": [{"recipient_code": WHO, "recipient_name": "Exempelkommun 01"}],
        "core_ledger_entry": records_of(entries),
        "core_account": [_account(grant, mine) | more.get("account", {}) for grant, mine in of_grants(entries).items()],
        "core_source_file": [
            {"source_file": FILE, "sha256": sha256 * 64, "known_date": dt.date(2024, 8, 1), "form": "form"}
        ],
        "core_correction": [],
    }
    folder = warehouse / "versions" / version
    (folder / "parquet").mkdir(parents=True)
    for name, rows in tables.items():
        schema = pa.schema([field.with_nullable(nullable=True) for field in project.arrow_schema(TABLES[name])])
        table = pa.Table.from_pylist(completed(name, rows, OWN), schema)
        pq.write_table(table, folder / f"parquet/{name}.parquet")
    (folder / "told.txt").write_text(version, "utf-8")  # the same figures would be the same version
    cards = [{**card, "code_version": more.get("code", "1")} for card in more.get("rounds", [OWN])]
    return publish_by_hand(folder, nickname=version, rounds=cards)


def _account(grant: str, entries: Sequence[Entry]) -> dict[str, Any]:
    account = vars(account_of(entries, TOLD))
    return account | {"grant_id": grant, "recipient_code": WHO, "provenance": "synthetic", "status": "balanced"}


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


def asked(warehouse: Path, since: str, until: str = "", programme: str | None = None, *measures: str) -> Asked:
    ends = (called(warehouse, since), called(warehouse, until))
    return Asked(warehouse, programme, 2023, *ends, measures or ACCOUNT_MEASURES)


def told(order: Asked) -> dict[str, Any]:
    """The document for programs, its measures by name."""
    document: dict[str, Any] = restatement_told.report(restated(order))
    return document | {"measures": {each["measure"]: each for each in document["measures"]}}


def lines(order: Asked) -> list[str]:
    """What a person reads."""
    said = laid_out(restatement_told.lines(restated(order), "sv"))
    return [line.replace("\u00a0", " ") for line in said]


def causes(measure: dict[str, Any]) -> list[tuple[str, int]]:
    return [(change["cause"], change["change_sek"]) for change in measure["changes"]]


# -- between two days -------------------------------------------------------------------------------------------------
def test_the_bridge_is_a_table_with_entries_and_ends_with_the_sum_that_proves_it(warehouse: Path):
    publish(warehouse, "a", *FIRST, FOOTNOTE)
    title, _, measure, header, line, proof = lines(asked(warehouse, "2024-06-30", "2024-07-31", None, "repayable"))
    assert title == f"{PROGRAMME} 2023: vad som har ändrats från 2024-06-30 till 2024-07-31"
    assert measure == "Att återbetala"
    assert header.split() == ["Mottagare", "Orsak", "Registrerad", "Ändring", "Före", "→", "efter", "Poster"]
    assert line.split("  ")[1:] == [
        "Exempelkommun 01 (9901) [fiktiva]",
        "återkrav",
        "2024-07-31 (datum antaget)",
        "+110 191",
        "184 363 → 294 554",
        "file.csv:3",
    ]
    assert proof == "  Summa: 184 363 + 110 191 = 294 554"


def test_what_goes_down_is_subtracted_and_what_stays_is_named(warehouse: Path):
    publish(warehouse, "a", *FIRST, FOOTNOTE)
    said = lines(asked(warehouse, "2024-06-30", "", None, "accepted_use", "unused"))
    assert "  Summa: 515 637 \u2212 110 191 = 405 446" in said
    assert said[-1] == "Oanvänt enligt rapporterna: oförändrat (184 363)"


def test_the_document_for_programs_has_the_same(warehouse: Path):
    publish(warehouse, "a", *FIRST, FOOTNOTE)
    document = told(asked(warehouse, "2024-06-30", "2024-07-31"))
    assert (document["from"], document["to"]) == ({"date": "2024-06-30"}, {"date": "2024-07-31"})
    repayable = document["measures"]["repayable"]
    assert (repayable["before_sek"], repayable["change_sek"], repayable["after_sek"]) == (184_363, 110_191, 294_554)
    [change] = repayable["changes"]
    assert (change["recorded_date"], change["recorded_is_assumed"]) == ("2024-07-31", True)
    assert [item["source_row"] for item in change["entries"]] == [3]
    assert document["measures"]["outstanding"]["after_sek"] is None


def test_of_several_grants_it_is_said_which(warehouse: Path):
    other = (entry(8, "2023-12-31", "decision", 50_000, "2"), entry(9, "2024-07-01", "reported_unused", 50_000, "2"))
    publish(warehouse, "a", *FIRST, *other)
    [line] = [line for line in lines(asked(warehouse, "2024-06-30", "", None, "unused")) if "+50 000" in line]
    assert "Exempelkommun 01 (9901) 2 [fiktiva]" in line
    [change] = told(asked(warehouse, "2024-06-30"))["measures"]["unused"]["changes"]
    assert (change["grant_id"], change["before_sek"], change["after_sek"]) == ("2", None, 50_000)


# -- since a version --------------------------------------------------------------------------------------------------
def test_since_a_version_the_ledger_explains_what_was_recorded_since(warehouse: Path):
    publish(warehouse, "a", *FIRST)
    publish(warehouse, "b", *FIRST, FOOTNOTE)
    measures = told(asked(warehouse, "a"))["measures"]
    assert causes(measures["repayable"]) == [("recovery", 110_191)]
    assert measures["unused"]["changes"] == []


def test_what_no_entry_explains_is_of_the_code_where_nothing_else_changed_and_both_codes_are_named(warehouse: Path):
    publish(warehouse, "a", *FIRST, account={"repayable_sek": 184_363 - 7}, code="0.1.0+old")
    publish(warehouse, "b", *FIRST, code="0.1.0+new")
    repayable = told(asked(warehouse, "a"))["measures"]["repayable"]
    assert causes(repayable) == [("sources", 7)]
    assert repayable["before_sek"] + 7 == repayable["after_sek"]
    said = "\n".join(lines(asked(warehouse, "a", "", None, "repayable")))
    assert "eftersom koden eller konfigurationen ändrades (0.1.0+old → 0.1.0+new)" in said


def test_where_several_things_changed_the_cause_of_what_no_entry_explains_is_not_known(warehouse: Path):
    """The code is another, and the figures are of another day: either may have done it."""
    publish(warehouse, "a", *FIRST, account={"repayable_sek": 184_363 - 7}, code="0.1.0+old")
    publish(warehouse, "b", *FIRST, FOOTNOTE, code="0.1.0+new")
    repayable = told(asked(warehouse, "a"))["measures"]["repayable"]
    assert causes(repayable) == [("unknown", 7), ("recovery", 110_191)], "what was recorded since is certain"
    assert repayable["before_sek"] + 7 + 110_191 == repayable["after_sek"]
    said = "\n".join(lines(asked(warehouse, "a", "", None, "repayable")))
    assert "orsaken är inte känd; det kan vara att uppgifterna gäller en annan dag (2024-05-31 → 2024-07-31)" in said


def test_what_stands_in_a_replaced_file_may_be_the_codes_doing_where_the_code_did_something_else(warehouse: Path):
    """The other grant's file is the same, and its unused amount is read otherwise: so may this one's be."""
    other = {"grant": "2", "source": Source("p/2023/other.csv", None, 9), "row_id": "form:9"}
    then, now = (entry(9, "2024-05-31", "reported_unused", amount, **other) for amount in (10, 20))
    decided = entry(8, "2023-12-31", "decision", 50, "2")
    mine = entry(2, "2024-05-31", "reported_unused", 184_000)
    publish(warehouse, "a", *FIRST, decided, then, code="1")
    publish(warehouse, "b", *FIRST[:2], mine, decided, now, code="2", sha256="2")
    unused = told(asked(warehouse, "a"))["measures"]["unused"]
    assert sorted(causes(unused)) == [("unknown", -363), ("unknown", 10)]
    [replaced] = [each for each in unused["changes"] if each["change_sek"] == -363]
    assert [each["kind"] for each in replaced["causes"]] == ["replacement", "sources"]


def test_where_nothing_changed_but_the_figure_no_cause_is_made_up(warehouse: Path):
    publish(warehouse, "a", *FIRST, account={"repayable_sek": 184_363 - 7})
    publish(warehouse, "b", *FIRST)
    assert causes(told(asked(warehouse, "a"))["measures"]["repayable"]) == [("unknown", 7)]
    assert any("orsaken är inte känd" in line for line in lines(asked(warehouse, "a", "", None, "repayable")))


def test_an_entry_that_is_otherwise_is_of_its_file_where_that_is_another(warehouse: Path):
    """Of the same file it is of code: one line, not one of what is gone and one of what came."""
    changed = (*FIRST[:2], entry(2, "2024-05-31", "reported_unused", 184_000))
    publish(warehouse, "a", *FIRST, code="1")
    publish(warehouse, "b", *changed, code="2")
    assert causes(told(asked(warehouse, "a"))["measures"]["unused"]) == [("sources", -363)]
    publish(warehouse, "c", *changed, code="2", sha256="2")
    unused = told(asked(warehouse, "a"))["measures"]["unused"]
    assert causes(unused) == [("replacement", -363)]
    assert (unused["changes"][0]["recorded_date"], unused["changes"][0]["recorded_is_assumed"]) == ("2024-08-01", True)


def test_a_reversal_that_is_gone_leaves_what_it_reversed(warehouse: Path):
    """The first version had a second report in place of the first; the file that is there now does not."""
    first = FIRST[2]
    taken_back = undone(first)
    second = entry(4, "2024-06-01", "reported_unused", 100_000)
    publish(warehouse, "a", *FIRST, taken_back, second)
    publish(warehouse, "b", *FIRST, sha256="2")
    unused = told(asked(warehouse, "a"))["measures"]["unused"]
    assert (unused["before_sek"], causes(unused), unused["after_sek"]) == (100_000, [("replacement", 84_363)], 184_363)


def test_an_entry_under_another_id_is_the_same_entry(warehouse: Path):
    publish(warehouse, "a", *FIRST, code="1")
    publish(warehouse, "b", *FIRST[:2], entry(77, "2024-06-01", "reported_unused", 184_363), code="2")
    assert [each for each in told(asked(warehouse, "a"))["measures"].values() if each["changes"]] == []


def test_what_is_taken_back_since_is_known_though_it_has_another_id(warehouse: Path):
    again = entry(77, "2024-05-31", "reported_unused", 184_363)
    back = {"entry_id": "form:78:reported_unused@2024-07-01", "reverses": again.entry_id}
    taken_back = entry(78, "2024-07-01", "reported_unused", -184_363, **back)
    publish(warehouse, "a", *FIRST)
    publish(warehouse, "b", *FIRST[:2], again, taken_back)
    unused = told(asked(warehouse, "a"))["measures"]["unused"]
    assert (unused["before_sek"], causes(unused), unused["after_sek"]) == (184_363, [("report", -184_363)], None)


def test_a_file_that_was_replaced_under_its_name_is_named(warehouse: Path):
    publish(warehouse, "a", *FIRST)
    publish(warehouse, "b", *FIRST, sha256="2")
    assert told(asked(warehouse, "a"))["replaced_files"] == [FILE]
    assert "file.csv" in lines(asked(warehouse, "a"))[1]
    assert told(asked(warehouse, "b"))["replaced_files"] == []


# -- what cannot be told ----------------------------------------------------------------------------------------------
def refused(rule: str, order: Asked) -> str:
    """The one sentence by which it is refused."""
    with pytest.raises(Stop) as stop:
        restated(order)
    assert stop.value.rule.id == rule
    return stop.value.sentence("sv")


@pytest.mark.rule("round_not_published")
def test_a_round_that_is_not_there_is_one_sentence(warehouse: Path):
    assert "det finns –" in refused("round_not_published", asked(warehouse, "2024-06-30"))
    publish(warehouse, "a", *FIRST)
    assert f"det finns {PROGRAMME} 2023" in refused("round_not_published", asked(warehouse, "2024-06-30", "", "annat"))


@pytest.mark.rule("programme_not_told")
def test_a_year_of_several_programmes_takes_a_choice(warehouse: Path):
    publish(warehouse, "a", *FIRST, rounds=[OWN, OWN | {"programme": "annat"}])
    assert "--programme" in refused("programme_not_told", asked(warehouse, "2024-01-01"))
    assert restated(asked(warehouse, "2024-01-01", "", PROGRAMME)).programme == PROGRAMME


@pytest.mark.rule("version_unknown")
def test_what_is_neither_a_day_nor_a_version_is_told_with_those_there_are(warehouse: Path):
    publish(warehouse, "a", *FIRST)
    assert "”b”" in refused("version_unknown", asked(warehouse, "b"))
    assert f"det finns {called(warehouse, 'a')}." in refused("version_unknown", asked(warehouse, "../versions/a"))


@pytest.mark.rule("version_not_comparable")
@pytest.mark.parametrize("lost", ["core_ledger_entry", "core_account"])
def test_a_version_without_the_round_or_its_ledger_cannot_be_compared(warehouse: Path, lost: str):
    bare = publish(warehouse, "a", *FIRST)
    (bare / f"parquet/{lost}.parquet").unlink()
    again(bare)
    publish(warehouse, "b", *FIRST)
    assert "har inte huvudboken" in refused("version_not_comparable", asked(warehouse, "a"))


@pytest.mark.rule("version_not_comparable")
def test_a_version_from_before_there_were_grants_cannot_be_compared(warehouse: Path):
    path = publish(warehouse, "a", *FIRST) / "parquet/core_ledger_entry.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["grant_id"]), path)
    again(path.parents[1])
    publish(warehouse, "b", *FIRST)
    assert "har inte huvudboken" in refused("version_not_comparable", asked(warehouse, "a"))


@pytest.mark.rule("date_not_known")
def test_the_future_is_not_known(warehouse: Path):
    publish(warehouse, "a", *FIRST)
    assert restated(asked(warehouse, "2024-01-01", "2024-05-31")).until == dt.date(2024, 5, 31)
    assert "2024-06-01 är inte känt än" in refused("date_not_known", asked(warehouse, "2024-01-01", "2024-06-01"))


@pytest.mark.rule("dates_backwards")
def test_the_first_day_comes_before_the_last(warehouse: Path):
    publish(warehouse, "a", *FIRST)
    assert restated(asked(warehouse, "2024-05-30", "2024-05-31")).since == dt.date(2024, 5, 30)
    assert "--from" in refused("dates_backwards", asked(warehouse, "2024-05-31", "2024-05-31"))


@pytest.mark.rule("version_to_day")
def test_a_day_and_a_version_are_not_compared_with_each_other(warehouse: Path):
    publish(warehouse, "a", *FIRST)
    publish(warehouse, "b", *FIRST, FOOTNOTE)
    for ends in (("a", "2024-05-31"), ("2024-01-01", "b")):
        assert "är av olika slag" in refused("version_to_day", asked(warehouse, *ends))
    assert restated(asked(warehouse, "a", "b")).compared is not None


def test_any_two_versions_can_be_compared(warehouse: Path):
    publish(warehouse, "a", *FIRST)
    publish(warehouse, "b", *FIRST, FOOTNOTE)
    publish(warehouse, "c", *FIRST, FOOTNOTE, entry(5, "2024-09-30", "repaid_after_recovery", 9))
    assert causes(told(asked(warehouse, "a", "b"))["measures"]["repayable"]) == [("recovery", 110_191)]
    assert causes(told(asked(warehouse, "b", "c"))["measures"]["repayable"]) == [("recovery", 9)]
    assert causes(told(asked(warehouse, "a"))["measures"]["repayable"]) == [("recovery", 110_191), ("recovery", 9)]
