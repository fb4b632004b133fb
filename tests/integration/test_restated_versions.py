"""`restate` on versions of one round that was received anew between them: computed and told in this process."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from assets.received import RoundKey
from assets.spanning import spanning
from pipelines.inquiries import restatement_told
from pipelines.inquiries.computed import computed
from pipelines.inquiries.restatement import Asked, Restated, restated
from pipelines.readers.raw_folder import CARD, RawFolder
from pipelines.reports.columns import laid_out
from schemas.words.vocabulary import ACCOUNT_MEASURES
from tests.by_hand import again, called, publish_by_hand

ROOT = Path(__file__).parents[2]
KEY = RoundKey("stadigvarande-boende", 2022)
REPORTS = "aterrapport-2022.csv"
TABLES = ("core_round", "core_recipient", "core_ledger_entry", "core_account", "core_source_file", "core_correction")
WHO, WHOSE = "9906", "Exempelkommun 06"
"""A recipient that was granted 61 313 and reported 50 073 used, 11 240 unused, on 2023-02-02."""


class House:
    """A round's folder, and a warehouse with versions of what was computed of it."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.warehouse = RawFolder(folder / "raw"), folder / "warehouse"
        self.folder = self.raw.root / KEY.programme / str(KEY.year)
        shutil.copytree(ROOT / "raw" / KEY.programme / str(KEY.year), self.folder)
        (self.folder / "corrections.yaml").unlink()  # it names the file that the tests replace
        shutil.copytree(ROOT / "raw/reference", self.raw.root / "reference")

    def receive(self, name: str, content: str, like: str = REPORTS, **card: Any) -> None:
        """Put a file there, with the card of another and what else is said of it."""
        there = yaml.safe_load((self.folder / f"{like}{CARD}").read_text("utf-8"))
        encoded = content.encode("utf-8-sig")
        (self.folder / name).write_bytes(encoded)
        said = there | card | {"sha256": hashlib.sha256(encoded).hexdigest()}
        (self.folder / f"{name}{CARD}").write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")

    def reports(self) -> str:
        return (self.folder / REPORTS).read_text("utf-8-sig")

    def publish(self, version: str, as_of: str = "", code: str = "1", *, whole: bool = False) -> dict[str, int]:
        """A version as of a day, with the tables that are asked, or all. Returns: unused by recipient."""
        tables = dict(computed(self.raw, KEY, dt.date.fromisoformat(as_of) if as_of else None))
        if whole:
            tables |= spanning(tables.__getitem__)
        folder = self.warehouse / "versions" / version
        (folder / "parquet").mkdir(parents=True)
        for name in tables if whole else TABLES:
            pq.write_table(tables[name], folder / f"parquet/{name}.parquet")
        (folder / "told.txt").write_text(version, "utf-8")  # the same figures would be the same version
        card = {"programme": KEY.programme, "year": KEY.year, "code_version": code}
        publish_by_hand(folder, nickname=version, rounds=[card])
        return {row["recipient_code"]: row["unused_sek"] for row in tables["core_account"].to_pylist()}

    def version(self, nickname: str) -> Path:
        return self.warehouse / "versions" / called(self.warehouse, nickname)

    def restate(self, since: str, until: str = "") -> Restated:
        ends = (called(self.warehouse, each) for each in (since, until))
        return restated(Asked(self.warehouse, KEY.programme, KEY.year, *ends, ACCOUNT_MEASURES))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def with_unused(reports: str, unused: int) -> str:
    """The export with other amounts of one recipient, that add up to what it was granted."""
    changed = reports.replace("50 073 kr", f"{61_313 - unused} kr").replace("46 193 kr", "0 kr")
    assert changed.count(f",{61_313 - unused} kr,") == 1
    return changed.replace("11 240 kr", f"{unused} kr")


def told(found: Restated, measure: str = "unused") -> list[tuple[str, str, int, str]]:
    """The bridge of a measure: whom, why, by how much, on which day."""
    [one] = [each for each in found.measures if each.name == measure]
    assert (one.before_sek or 0) + one.change_sek == (one.after_sek or 0)
    return [
        (change["recipient_code"], change["cause"], change["change_sek"], str(change["recorded_date"]))
        for change in one.changes
    ]


# -- one export is replaced as raw/README.md prescribes: one amount is 5 000 kr more ----------------------------------
@pytest.mark.parametrize(
    ("known", "day"),
    [
        ("2023-05-02", "2023-05-02"),
        ("2023-02-15", "2023-02-15"),  # before the day that the earlier version was as of
    ],
)
def test_a_replaced_file_is_one_line_of_one_recipient(house: House, known: str, day: str):
    before = house.publish("a")
    house.receive("ny.csv", with_unused(house.reports(), 16_240), replaces=REPORTS, date=dt.date.fromisoformat(known))
    after = house.publish("b", "2023-05-02", code="2")
    assert after == before | {WHO: 16_240}
    found = house.restate("a")
    assert told(found) == [(WHO, "replacement", 5_000, day)]
    assert told(found, "repayable") == [(WHO, "replacement", 5_000, day)]
    assert told(found, "granted") == []
    assert {change["is_assumed"] for measure in found.measures for change in measure.changes} == {False}


def test_a_file_that_was_overwritten_under_its_own_name_is_told_as_replaced_and_by_name(house: House):
    house.publish("a")
    house.receive(REPORTS, with_unused(house.reports(), 16_240))
    house.publish("b", code="2")
    found = house.restate("a")
    assert told(found) == [(WHO, "replacement", 5_000, "2023-03-01")]
    assert found.replaced_files == [f"{KEY.programme}/{KEY.year}/{REPORTS}"]
    lines = "\n".join(laid_out(restatement_told.lines(found, "sv"))).replace("\u00a0", " ")
    assert f"{WHOSE} ({WHO}) [fiktiva]" in lines
    assert f"eftersom {REPORTS} ersattes" in lines
    assert "2023-03-01 (datum antaget)" in lines
    assert "Summa: 55 718 + 5 000 = 60 718" in lines


def test_a_row_that_the_new_file_does_not_have_is_gone_since_it_came(house: House):
    house.publish("a")
    gone = "".join(line for line in house.reports().splitlines(keepends=True) if WHOSE not in line)
    house.receive(REPORTS, gone)
    assert house.publish("b")[WHO] is None
    assert told(house.restate("a")) == [(WHO, "replacement", -11_240, "2023-03-01")]


def test_what_was_recorded_since_has_its_own_cause_beside_a_replaced_file(house: House):
    """Another report of 28 April comes in the export in which somebody has changed what the first one said."""
    house.publish("a", "2023-03-01")
    another = "40199,Inlämnad,2023-04-28 09:00,Exempelkommun 06,EX 2022-0006,61 313 kr,41 313 kr,0 kr,20 000 kr,,Nej"
    house.receive(REPORTS, with_unused(house.reports(), 16_240) + another + "\n", date=dt.date(2023, 5, 2))
    house.publish("b")
    assert told(house.restate("a")) == [(WHO, "late_report", 20_000 - 11_240, "2023-04-28")], (
        "what the first one said had not been so for four days when its file was replaced"
    )
    assert told(house.restate("a"), "repayable") == [(WHO, "late_report", 20_000 - 11_240, "2023-04-28")]


# -- the past ---------------------------------------------------------------------------------------------------------
def test_what_was_published_of_a_file_is_known_of_the_day_before_it_was_replaced(house: House):
    """10 000 unused published on 1 March, 40 000 in the file that replaces it on 15 April."""
    first, second = (with_unused(house.reports(), unused) for unused in (10_000, 40_000))
    house.receive(REPORTS, first, date=dt.date(2023, 3, 1))
    house.receive("ny.csv", second, replaces=REPORTS, date=dt.date(2023, 4, 15))
    assert house.publish("then", "2023-03-01")[WHO] == 10_000
    assert house.publish("now")[WHO] == 40_000
    found = house.restate("2023-03-01")
    [unused] = [measure for measure in found.measures if measure.name == "unused"]
    [change] = unused.changes
    assert (change["before_sek"], change["after_sek"]) == (10_000, 40_000)
    assert told(found) == [(WHO, "replacement", 30_000, "2023-04-15")]
    assert told(house.restate("then")) == [(WHO, "replacement", 30_000, "2023-04-15")]


# -- what is left for rules or code -----------------------------------------------------------------------------------
def test_nothing_changed_is_nothing_told(house: House):
    house.publish("a")
    house.publish("b", code="2")
    assert [measure.changes for measure in house.restate("a").measures if measure.changes] == []


def test_what_no_file_explains_is_of_rules_or_code(house: House):
    """The earlier version says otherwise of the same files: its code read an amount in another way."""
    house.publish("a", code="1")
    for name in ("core_ledger_entry", "core_account"):
        path = house.version("a") / f"parquet/{name}.parquet"
        table = pq.read_table(path)
        rows = [_less(row, 1_000) for row in table.to_pylist()]
        pq.write_table(type(table).from_pylist(rows, table.schema), path)
    again(house.version("a"))
    house.publish("b", code="2")
    found = house.restate("a")
    assert told(found) == [(WHO, "sources", 1_000, "None")]
    assert "koden eller konfigurationen ändrades (1 → 2)" in "\n".join(laid_out(restatement_told.lines(found, "sv")))


def _less(row: dict[str, Any], amount: int) -> dict[str, Any]:
    if row["recipient_code"] != WHO:
        return row
    if row.get("event") == "reported_unused":
        return row | {"amount_sek": row["amount_sek"] - amount}
    return row | {"unused_sek": row["unused_sek"] - amount} if "unused_sek" in row else row


def test_a_correction_that_is_dated_back_is_a_correction(house: House):
    house.publish("a")
    entry = {
        "file": REPORTS,
        "row": 15,
        "old": "11 240 kr",
        "new": "16 240 kr",
        "reason": "Rättat i brev",
        "by": "A. Exempel",
    }
    column = "Hur mycket av statsbidraget har kommunen inte använt?"
    log = {"corrections": [entry | {"column": column, "date": dt.date(2023, 1, 2), "status": "applied"}]}
    (house.folder / "corrections.yaml").write_text(yaml.safe_dump(log, allow_unicode=True), "utf-8")
    house.publish("b")
    assert told(house.restate("a")) == [(WHO, "correction", 5_000, "2023-01-02")]


# -- answers and printed tables ---------------------------------------------------------------------------------------
PARTNERS = "Vilka aktörer har kommunen samverkat med? (flera alternativ kan anges)"


def test_a_corrected_answer_is_told_with_the_printed_figures_that_it_moved_and_whom_they_count_now(house: House):
    """One said no cooperation, and described it; Table 1 prints 11 for other municipalities in the county."""
    house.publish("a", whole=True)
    entry = {"file": REPORTS, "key": {"column": "Ärende-id", "value": "40119"}, "column": PARTNERS}
    entry |= {"old": "Ingen samverkan", "new": "Andra kommuner inom länet", "reason": "Beskrev samverkan"}
    log = {"corrections": [entry | {"by": "A. Exempel", "date": dt.date(2023, 3, 1), "status": "applied"}]}
    (house.folder / "corrections.yaml").write_text(yaml.safe_dump(log, allow_unicode=True), "utf-8")
    house.publish("b", whole=True)
    found = house.restate("a")
    assert [measure.changes for measure in found.measures or () if measure.changes] == []
    assert found.compared is not None
    [answer] = found.compared.answers or ()
    assert (answer.recipient_code, answer.before.chosen, answer.after.chosen) == ("9917", (), ("within_county",))
    [cell] = [each for each in found.compared.printed or () if _is_of(each.cell, "Andra kommuner inom länet")]
    assert (cell.before["value"], cell.after["value"]) == (11, 12)
    assert [(each.recipient_code, each.way) for each in cell.members] == [("9917", "came")]
    assert {cause.kind for cause in (*answer.causes, *cell.causes)} == {"correction"}
    said = "\n".join(laid_out(restatement_told.lines(found, "sv"))).replace("\u00a0", " ")
    assert re.search(
        r"tabell 1, Andra kommuner inom länet, .* 11 → 12 +eftersom aterrapport-2022.csv J\d+ rättades", said
    )
    assert "Exempelkommun 17 (9917) tillkom" in said
    json.dumps(restatement_told.report(found))


def _is_of(cell: Mapping[str, Any], row: str) -> bool:
    return cell["table_no"] == 1 and cell["report"] == "delredovisning_2024" and cell["row_label"] == row
