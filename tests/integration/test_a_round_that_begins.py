"""A round of which only the decisions have come: what is granted, what is to come and when, on terminal and pages."""

import hashlib
import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.integration.command import ROOT, Done, statsbidrag
from tests.integration.test_command_line import query

ROUND = "stadigvarande-boende/2022"
AWAITED = "17 återrapporter väntas senast 2023-02-15."
HEADERS_ONLY = ("aterrapport-2022.csv", "handelser-2022.csv", "bokforing-2022.csv", "ansokningar-2022.csv")


def put(folder: Path, name: str, content: bytes) -> None:
    """A file of the sample as it would have been exported in the December of its round."""
    card = yaml.safe_load((ROOT / "raw" / ROUND / f"{name}.card.yaml").read_text("utf-8"))
    card |= {"date": "2022-12-01", "sha256": hashlib.sha256(content).hexdigest()}
    kept = {key: value for key, value in card.items() if key not in ("complete_through", "known_from")}
    (folder / name).write_bytes(content)
    (folder / f"{name}.card.yaml").write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")


@pytest.fixture(scope="module", params=[(), HEADERS_ONLY], ids=["decisions alone", "headers only"])
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    there = tmp_path_factory.mktemp("begun")
    folder = there / "raw" / ROUND
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "raw/reference", there / "raw/reference")
    put(folder, "beslut-2022.xlsx", (ROOT / "raw" / ROUND / "beslut-2022.xlsx").read_bytes())
    for name in request.param:
        put(folder, name, (ROOT / "raw" / ROUND / name).read_bytes().splitlines(keepends=True)[0])
    return statsbidrag("run", "--all", "--raw", there / "raw", "--warehouse", there / "out"), there / "out"


def test_the_run_says_what_is_granted_and_when_what_is_to_come(begun: tuple[Done, Path]):
    done, warehouse = begun
    assert done.returncode == 0, done.stderr
    assert AWAITED in done.stdout
    assert "Utan återrapportering" not in done.stdout
    assert query(warehouse, "SELECT granted_sek, unused_sek, unused_percent FROM out_grant_by_year") == [
        (1_761_018, None, None)
    ]


def test_nobody_is_to_be_reminded(begun: tuple[Done, Path]):
    assert query(begun[1], "SELECT * FROM core_todo") == []
    assert query(begun[1], "SELECT DISTINCT status FROM core_account") == [("report_not_due",)]


def test_the_evaluation_says_in_a_sentence_why_it_cannot_be_printed(begun: tuple[Done, Path]):
    page = (begun[1] / "current/reports/stadigvarande-boende/delredovisning_2024.html").read_text("utf-8")
    said = re.findall("<p>(.*?)</p>", page)
    assert "Vad bidraget för 2022 har använts till kan inte skrivas ut än: ingen återrapport har kommit in." in said
    assert AWAITED in said
