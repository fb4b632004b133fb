"""The sample's rounds: what was known when, and that the footnote of the annex explains itself."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.integration.command import statsbidrag
from tests.integration.publishing import inside

UNUSED, RECOVERED = 3_119_562, 110_191
"""Printed in the annex: what was reported unused in all, and what one footnote adds."""

FALUN = {"granted": 700_000, "unused": 184_363}


def restated(warehouse: Path, *arguments: str) -> dict[str, Any]:
    done = statsbidrag("restate", "--year", "2023", "--warehouse", warehouse, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return {each["measure"]: each for each in json.loads(done.stdout)["measures"]}


def test_the_footnote_of_the_annex_is_one_line_whose_date_is_assumed(sample_warehouse: Path):
    found = restated(sample_warehouse, "--from", "2024-06-30", "--to", "2024-07-31")
    assert found["unused"] == found["unused"] | {"before_sek": UNUSED, "after_sek": UNUSED, "changes": []}
    assert found["repayable"]["before_sek"] == UNUSED
    assert found["repayable"]["after_sek"] == UNUSED + RECOVERED == 3_229_753
    [change] = found["repayable"]["changes"]
    assert (change["recipient_code"], change["cause"], change["change_sek"]) == ("2080", "recovery", RECOVERED)
    assert (change["before_sek"], change["after_sek"]) == (FALUN["unused"], FALUN["unused"] + RECOVERED)
    assert (change["recorded_date"], change["recorded_is_assumed"]) == ("2024-07-31", True)
    [entry] = change["entries"]
    assert (entry["source_file"].rpartition("/")[2], entry["source_row"]) == ("aterkrav-2023.csv", 2)


def test_the_revision_table_keeps_every_figure_as_it_was_known(sample_warehouse: Path):
    with closing(sqlite3.connect(sample_warehouse / "current/statsbidrag.sqlite")) as database:
        known = database.execute(
            "SELECT measure, as_of_date, amount_kr, is_assumed FROM out_revision WHERE year = 2023"
            " AND measure IN ('unused', 'repayable') AND as_of_date > '2024-01-01' ORDER BY 1, 2"
        ).fetchall()
    assert known == [
        ("repayable", "2024-05-31", UNUSED, 1),
        ("repayable", "2024-07-31", UNUSED + RECOVERED, 1),
        ("unused", "2024-05-31", UNUSED, 1),
        ("unused", "2024-07-31", UNUSED, 1),
    ]


def test_reports_show_what_was_known_when_with_assumed_days_marked(sample_warehouse: Path):
    pages = [
        inside(sample_warehouse) / "validation/stadigvarande-boende-2023.sv.html",
        sample_warehouse / "current/reports/stadigvarande-boende/delredovisning_2024.html",
    ]
    for page in pages:
        text = page.read_text("utf-8").replace("\u00a0", " ")
        assert "Vad som var känt när" in text
        assert '2024-07-31<br><span class="mark">datum antaget</span>' in text
        assert "3 119 562" in text
        assert "3 229 753" in text


def test_the_made_up_round_explains_itself_to_the_krona(sample_warehouse: Path):
    arguments = ["restate", "--year", "2022", "--warehouse", sample_warehouse, "--json", "--from", "2022-12-31"]
    for measure in json.loads(statsbidrag(*arguments).stdout)["measures"]:
        changed = sum(change["change_sek"] for change in measure["changes"])
        assert (measure["before_sek"] or 0) + changed == (measure["after_sek"] or 0)
        assert {change["provenance"] for change in measure["changes"]} <= {"synthetic"}
