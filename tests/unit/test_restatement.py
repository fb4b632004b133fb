"""`statsbidrag restate` on small warehouses made by hand: what it tells, and every way in which it cannot."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.domain import accounts
from assets.domain.frames import Frame
from assets.domain.reconciliation import KEY
from assets.frames import records_of
from pipelines.warehouse.store import parquet_bytes
from schemas.configuration import catalogue
from tests.frames import Record, table
from tests.integration.command import Done, statsbidrag
from tests.spec.language import day
from tests.spec.time_language import book

PROGRAMME = "stadigvarande-boende"
OWN = {"programme": PROGRAMME, "year": 2023}
TOLD = catalogue.programme(PROGRAMME).told_events(2023)
FIRST = (
    "2023-12-31 Exempelkommun 01 beslut 700 000",
    "2024-05-31 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt",
)
FOOTNOTE = "2024-07-31 Exempelkommun 01 återkrävt och återbetalt 110 191 (antaget datum)"


def native(frame: Frame) -> pa.Table:
    return frame.collect(backend="pyarrow").to_native()


def renamed(frame: Frame, name: str) -> Frame:
    """The same rows as a table of the sample's round of 2023."""
    return table(name, *(row | OWN for row in records_of(frame)))


def publish(warehouse: Path, version: str, *lines: str, **more: Any) -> Path:
    """A version that holds what the lines tell of. `more`: paid_sek.. of the account to publish besides; its code."""
    entries = book(*lines)
    account = [row | {"status": "balanced"} | more.get("account", {}) for row in _accounts(entries)]
    tables = {
        "core_round": table("core_round", {"as_of_date": day(max(line[:10] for line in lines)), **OWN}),
        "core_recipient": table("core_recipient", _recipient()),
        "core_ledger_entry": renamed(entries, "core_ledger_entry"),
        "core_account": table("core_account", *account),
    }
    folder = warehouse / "versions" / version
    (folder / "parquet").mkdir(parents=True)
    for name, frame in tables.items():
        (folder / f"parquet/{name}.parquet").write_bytes(parquet_bytes(native(frame)))
    inputs = [{"path": "a.csv", "sha256": more.get("sha256", "1")}]
    cards = [{**card, "code_version": more.get("code", "1"), "inputs": inputs} for card in more.get("rounds", [OWN])]
    (folder / "manifest.json").write_text(json.dumps({"outputs": [], "rounds": cards}), "utf-8")
    (warehouse / "current").unlink(missing_ok=True)
    (warehouse / "current").symlink_to(f"versions/{version}")
    return folder


def _recipient() -> Record:
    return {"recipient_code": "9901", "recipient_name": "Exempelkommun 01", **OWN}


def _accounts(entries: Frame) -> list[dict[str, Any]]:
    return [row | OWN for row in records_of(accounts.balances(entries, KEY, TOLD))]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


Restate = Callable[..., Done]


@pytest.fixture
def restate(warehouse: Path) -> Restate:
    def run(*arguments: str) -> Done:
        return statsbidrag("restate", "--year", "2023", "--warehouse", warehouse, *arguments)

    return run


def told(result: Done) -> dict[str, Any]:
    """The JSON document, its measures by name."""
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    return document | {"measures": {each["measure"]: each for each in document["measures"]}}


def causes(measure: dict[str, Any]) -> list[tuple[str, int]]:
    return [(change["cause"], change["change_sek"]) for change in measure["changes"]]


# -- between two days -------------------------------------------------------------------------------------------------
def test_the_bridge_is_a_table_with_entries_and_ends_with_the_sum_that_proves_it(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST, FOOTNOTE)
    result = restate("--from", "2024-06-30", "--to", "2024-07-31", "--measure", "repayable")
    assert result.returncode == 0
    title, _, measure, header, line, proof = result.stdout.replace("\u00a0", " ").splitlines()
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


def test_what_goes_down_is_subtracted_and_what_stays_is_named(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST, FOOTNOTE)
    result = restate("--from", "2024-06-30", "--measure", "accepted_use", "--measure", "unused")
    lines = result.stdout.replace("\u00a0", " ").splitlines()
    assert "  Summa: 515 637 \u2212 110 191 = 405 446" in lines
    assert lines[-1] == "Oanvänt enligt rapporterna: oförändrat (184 363)"


def test_the_document_for_programs_has_the_same(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST, FOOTNOTE)
    document = told(restate("--from", "2024-06-30", "--to", "2024-07-31", "--json"))
    assert (document["from"], document["to"]) == ({"date": "2024-06-30"}, {"date": "2024-07-31"})
    repayable = document["measures"]["repayable"]
    assert (repayable["before_sek"], repayable["change_sek"], repayable["after_sek"]) == (184_363, 110_191, 294_554)
    [change] = repayable["changes"]
    assert (change["recorded_date"], change["recorded_is_assumed"]) == ("2024-07-31", True)
    assert [entry["source_row"] for entry in change["entries"]] == [3]
    assert document["measures"]["outstanding"]["after_sek"] is None


# -- since a version --------------------------------------------------------------------------------------------------
def test_since_a_version_the_ledger_explains_what_was_recorded_since(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST)
    publish(warehouse, "b", *FIRST, FOOTNOTE)
    document = told(restate("--from", "a", "--json"))
    assert causes(document["measures"]["repayable"]) == [("recovery", 110_191)]
    assert document["measures"]["unused"]["changes"] == []


def test_what_no_entry_explains_is_of_rules_or_code_and_both_codes_are_named(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST, account={"repayable_sek": 184_363 - 7}, code="0.1.0+old")
    publish(warehouse, "b", *FIRST, FOOTNOTE, code="0.1.0+new")
    repayable = told(restate("--from", "a", "--json"))["measures"]["repayable"]
    assert causes(repayable) == [("rule_or_code", 7), ("recovery", 110_191)]
    assert repayable["before_sek"] + 7 + 110_191 == repayable["after_sek"]
    lines = restate("--from", "a", "--measure", "repayable").stdout
    assert "regel- eller kodändring" in lines
    assert "kod 0.1.0+old → 0.1.0+new" in lines


def test_a_file_that_was_replaced_under_its_name_is_named(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST)
    publish(warehouse, "b", *FIRST, sha256="2")
    assert told(restate("--from", "a", "--json"))["replaced_files"] == ["a.csv"]
    assert "a.csv" in restate("--from", "a").stdout
    assert told(restate("--from", "b", "--json"))["replaced_files"] == []


# -- what cannot be told ----------------------------------------------------------------------------------------------
def refused(result: Done) -> str:
    """The one sentence of a wrong use."""
    assert result.returncode == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


@pytest.mark.rule("round_not_published")
def test_a_round_that_is_not_there_is_one_sentence(warehouse: Path, restate: Restate):
    assert "det finns –" in refused(restate("--from", "2024-06-30"))
    publish(warehouse, "a", *FIRST)
    assert f"det finns {PROGRAMME} 2023" in refused(restate("--from", "2024-06-30", "--year", "2022"))


@pytest.mark.rule("programme_not_told")
def test_a_year_of_several_programmes_takes_a_choice(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST, rounds=[OWN, OWN | {"programme": "annat"}])
    assert "--programme" in refused(restate("--from", "2024-01-01"))
    assert restate("--from", "2024-01-01", "--programme", PROGRAMME).returncode == 0


@pytest.mark.rule("version_unknown")
def test_what_is_neither_a_day_nor_a_version_is_told_with_those_there_are(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST)
    assert "”b”" in refused(restate("--from", "b"))
    assert "det finns a." in refused(restate("--from", "../versions/a"))


@pytest.mark.rule("version_not_comparable")
def test_a_version_without_the_round_or_its_ledger_cannot_be_compared(warehouse: Path, restate: Restate):
    bare = publish(warehouse, "a", *FIRST)
    (bare / "parquet/core_ledger_entry.parquet").unlink()
    publish(warehouse, "b", *FIRST)
    assert "a har inte huvudboken" in refused(restate("--from", "a"))


@pytest.mark.rule("date_not_known")
def test_the_future_is_not_known(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST)
    assert restate("--from", "2024-01-01", "--to", "2024-05-31").returncode == 0
    assert "2024-06-01 är inte känt än" in refused(restate("--from", "2024-01-01", "--to", "2024-06-01"))


@pytest.mark.rule("dates_backwards")
def test_the_first_day_comes_before_the_last(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST)
    assert restate("--from", "2024-05-30", "--to", "2024-05-31").returncode == 0
    assert "--from" in refused(restate("--from", "2024-05-31", "--to", "2024-05-31"))


@pytest.mark.rule("version_to_day")
def test_a_version_is_compared_with_the_one_published_now(warehouse: Path, restate: Restate):
    publish(warehouse, "a", *FIRST)
    assert "Ta bort --to" in refused(restate("--from", "a", "--to", "2024-05-31"))


@pytest.mark.parametrize("wrong", [["--to", "igår"], ["--measure", "pengar"]])
def test_a_day_or_a_measure_that_is_none_is_wrong_use(restate: Restate, wrong: list[str]):
    result = restate("--from", "2024-01-01", *wrong)
    assert result.returncode == 2
    assert wrong[1] in result.stderr
