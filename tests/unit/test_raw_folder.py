"""The raw folder: every file has its card, also the register's, and nothing lies where nobody looks."""

import hashlib
import shutil
from collections import Counter
from pathlib import Path

import pytest

from assets.domain.reading.register import valid_in
from assets.received import RoundKey
from pipelines.readers.raw_folder import CARD, RawFolder
from pipelines.readers.register import REGISTERS
from tests.integration.projects import drop
from tests.stops import stops_by

ROOT = Path(__file__).parents[2]
KEY = RoundKey("stadigvarande-boende", 2023)
REGISTER_FILES = {f"reference/{name}" for counties, (bodies, _) in REGISTERS.items() for name in (counties, *bodies)}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The register, and a round's folder without files."""
    shutil.copytree(ROOT / "raw" / "reference", tmp_path / "reference")
    (tmp_path / KEY.programme / str(KEY.year)).mkdir(parents=True)
    return tmp_path


@pytest.mark.rule("reference_broken", holds=True)
def test_the_register_is_its_bodies_and_the_files_that_say_so(raw: Path):
    register = RawFolder(raw).register()
    assert {file.path for file in register.files} == REGISTER_FILES
    for file in register.files:
        assert file.sha256 == hashlib.sha256((raw / file.path).read_bytes()).hexdigest()
    real = [body for body in register.bodies if body["provenance"] == "real" and valid_in(body, 2023)]
    assert Counter(body["kind"] for body in real) == {"municipality": 290, "region": 20}
    [norrtalje] = [body for body in register.bodies if body["recipient_code"] == "0188"]
    assert (norrtalje["recipient_name"], norrtalje["county_code"]) == ("Norrtälje", "01")


@pytest.mark.rule("reference_broken", holds=True)
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2002, {"1917": "Heby", "2023": "Malung"}),
        (2006, {"0330": "Knivsta", "1917": "Heby", "2023": "Malung"}),
        (2007, {"0330": "Knivsta", "0331": "Heby", "2023": "Malung"}),
        (2008, {"0330": "Knivsta", "0331": "Heby", "2023": "Malung-Sälen"}),
    ],
)
def test_the_register_is_that_of_the_year(year: int, expected: dict[str, str], raw: Path):
    there = [body for body in RawFolder(raw).register().bodies if valid_in(body, year)]
    changing = {"0330", "0331", "1917", "2023"}
    assert {
        body["recipient_code"]: body["recipient_name"] for body in there if body["recipient_code"] in changing
    } == expected


@pytest.mark.rule("card_hash_differs")
@pytest.mark.parametrize("path", sorted(REGISTER_FILES))
def test_a_file_of_the_register_that_was_changed_is_not_the_one_on_its_card(path: str, raw: Path):
    (raw / path).write_bytes((raw / path).read_bytes() + b"\n")
    with stops_by("card_hash_differs", where=path, todo="Återställ filen"):
        RawFolder(raw).register()


@pytest.mark.rule("card_missing")
@pytest.mark.parametrize("path", sorted(REGISTER_FILES))
def test_a_file_of_the_register_without_a_card_is_refused(path: str, raw: Path):
    (raw / (path + CARD)).unlink()
    with stops_by("card_missing", where=path.partition("/")[2], todo="Skapa"):
        RawFolder(raw).register()


OWN = "reference/foreningar.csv"
HEADER = "organisation_number;recipient_name;kind"
ROW = "889999-0009;Exempelföreningen;nonprofit_association"


@pytest.mark.rule("register_column_missing", holds=True)
def test_a_programmes_own_register_stands_after_the_others(raw: Path):
    drop(raw / "reference", "foreningar.csv", HEADER, ROW)
    register = RawFolder(raw).register([OWN])
    assert (register.files[-1].path, register.faults) == (OWN, [])
    assert [body["recipient_name"] for body in register.bodies if body["recipient_code"] == "8899990009"] == [
        "Exempelföreningen"
    ]
    assert len(register.bodies) == len(RawFolder(raw).register().bodies) + 1


@pytest.mark.rule("register_column_missing")
@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("organisation_number;recipient_name;slag", "kind"),
        ("organisation_number;kind;kind", "recipient_name, kind"),
        ("org.nr;recipient_name;kind", "organisation_number"),
    ],
)
def test_a_register_without_a_column_that_is_needed_is_a_stop(header: str, column: str, raw: Path):
    drop(raw / "reference", "foreningar.csv", header, ROW)
    with stops_by("register_column_missing", where=OWN, todo=f"saknar kolumnen {column}", never=["889999"]):
        RawFolder(raw).register([OWN])


@pytest.mark.rule("file_unreadable")
def test_a_register_that_is_not_there_is_a_stop_that_names_it(raw: Path):
    with stops_by("file_unreadable", where=OWN, todo="kan inte läsas"):
        RawFolder(raw).register([OWN])


@pytest.mark.rule("file_kind_unknown")
def test_a_folder_inside_a_rounds_folder_is_refused_and_named(raw: Path):
    (raw / KEY.programme / str(KEY.year) / "komplettering").mkdir()
    place = f"{KEY.programme}/{KEY.year}/komplettering"
    with stops_by("file_kind_unknown", where=place, todo="annat någon annanstans"):
        RawFolder(raw).files(KEY)


@pytest.mark.rule("round_without_inputs")
@pytest.mark.parametrize("name", [".DS_Store", "~$beslut.xlsx"])
def test_what_programs_leave_behind_is_no_export(name: str, raw: Path):
    (raw / KEY.programme / str(KEY.year) / name).write_bytes(b"x")
    told = f"lägg exporterna i {raw / KEY.programme / str(KEY.year)}"
    with stops_by("round_without_inputs", where=f"{KEY.programme} {KEY.year}", todo=told):
        RawFolder(raw).files(KEY)


@pytest.mark.rule("file_unreadable")
def test_a_file_whose_name_is_not_text_is_named_as_far_as_it_can_be(raw: Path):
    (raw / KEY.programme / str(KEY.year) / "enk\udce4t.csv").write_bytes(b"a;b\r\n1;2\r\n")
    with stops_by("file_unreadable", where="enk?t.csv", todo="byt namn på filen"):
        RawFolder(raw).files(KEY)
