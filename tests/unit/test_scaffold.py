"""A new programme can be read as it is written, and takes nobody's place."""

from pathlib import Path

import pytest

from pipelines.commands.scaffold import start, told
from schemas.configuration.catalogue import load_programme
from tests.stops import stops_by

YEAR = 2031


@pytest.fixture
def programmes(tmp_path: Path) -> Path:
    (tmp_path / "programmes").mkdir()
    return tmp_path / "programmes"


@pytest.mark.rule("programme_name_unfit", holds=True)
def test_a_new_programme_can_be_read_at_once(programmes: Path):
    for name in ("a", "bidrag-2", "stod-till-2-kap", "x" * 60):
        files = start(name, YEAR, programmes)
        assert files == sorted((programmes / name).rglob("*.yaml"), key=lambda file: (len(file.parts), file)), name
        programme = load_programme(programmes / name)
        assert (programme.programme, list(programme.rounds)) == (name, [YEAR])
        assert [*programme.rounds[YEAR].forms] == ["applications", "decisions", "funds", "usage_report"], name
    assert [path.name for path in programmes.parent.iterdir()] == ["programmes"]


UNFIT = ("", "Bidrag", "2-bidrag", "bi drag", "bidrag-", "a--b", "å", "../a", "a/b", "a\n", "x" * 61)


@pytest.mark.rule("programme_name_unfit")
def test_a_name_that_is_no_plain_folder_is_refused(programmes: Path):
    for name in UNFIT:
        with stops_by("programme_name_unfit", where="", todo="Använd högst 60 tecken av a–z, 0–9 och bindestreck"):
            start(name, YEAR, programmes)
        assert list(programmes.iterdir()) == [], name


@pytest.mark.rule("programme_exists")
def test_a_programme_that_is_there_is_left_as_it_is(programmes: Path):
    file = start("bidrag", YEAR, programmes)[0]
    file.write_text("mine", "utf-8")
    with stops_by("programme_exists", where="bidrag", todo="Välj ett annat namn."):
        start("bidrag", YEAR, programmes)
    assert file.read_text("utf-8") == "mine"


def test_the_next_steps_name_the_files_and_the_folder_of_the_exports():
    lines = list(told("bidrag", [Path("schemas/a.yaml")], YEAR, Path("in"), "sv"))
    assert "  schemas/a.yaml" in lines
    assert "  2. Lägg exporterna i in/bidrag/2031/, var och en med källkort (raw/README.md)." in lines
    assert "  4. Kör omgången: statsbidrag run --programme bidrag --year 2031" in lines
