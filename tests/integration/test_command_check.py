"""`statsbidrag check`: one export checked as the next run would, and nothing written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.integration.command import ROOT, statsbidrag

PROGRAMME = "stadigvarande-boende"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "raw", tmp_path / "raw"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of a file of the sample outside raw/, without its card."""

    def copy(name: str) -> Path:
        return Path(shutil.copy(ROOT / "raw" / PROGRAMME / name, tmp_path))

    return copy


def checked(file: Path, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    done = statsbidrag("check", file, *arguments, "--json")
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))}


def test_a_file_without_a_card_takes_the_place_of_its_form_and_its_round_is_told(
    elsewhere: Callable[[str], Path],
) -> None:
    code, report = checked(elsewhere("2023/aterrapport-2023.csv"))
    assert (code, report["programme"], report["year"], report["form"]) == (0, PROGRAMME, 2023, "usage_report_2023")
    assert report["funnel"] == {"received": 54, "accepted": 54, "superseded": 0, "excluded": 0, "quarantined": 0}
    assert report["rules"] == {"name_by_likeness": 1}
    assert report["checked_alone_because"] is None


def test_nothing_is_written_anywhere(raw: Path, tmp_path: Path) -> None:
    file = shutil.copy(raw / PROGRAMME / "2023" / "aterrapport-2023.csv", tmp_path)
    for name in ("home", "work", "temporary"):
        (tmp_path / name).mkdir()
    environment = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "temporary")}
    before = tree(tmp_path)
    done = statsbidrag("check", file, "--raw", raw, folder=tmp_path / "work", environment=environment)
    assert (done.returncode, bool(done.stdout)) == (0, True)
    assert tree(tmp_path) == before


def test_findings_say_file_row_column_and_what_to_do(elsewhere: Callable[[str], Path]) -> None:
    file = elsewhere("2023/aterrapport-2023.csv")
    text = file.read_bytes().decode("cp1252").replace("94\xa0500", "94,5 euro")
    file.write_bytes(text.encode("cp1252"))
    done = statsbidrag("check", file)
    assert done.returncode == 0, done.stderr
    assert "aterrapport-2023.csv, D2: Raden räknas inte. Beloppet i kolumnen" in done.stdout
    assert "Skriv det i kronor, till exempel 103 589." in done.stdout
    assert "The row does not count" in statsbidrag("check", file, "--language", "en").stdout


def test_what_the_file_breaks_between_files_is_told(elsewhere: Callable[[str], Path]) -> None:
    file = elsewhere("2023/aterrapport-2023.csv")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:1], *lines[2:]]))
    code, report = checked(file)
    assert (code, report["funnel"]["received"]) == (0, 53)
    [found] = report["findings_between_files"]
    assert (found["rule"], found["source_sheet"]) == ("decision_without_report", "Beslut")


@pytest.mark.rule("round_not_told")
def test_a_form_of_several_rounds_asks_for_one(elsewhere: Callable[[str], Path]) -> None:
    file = elsewhere("2022/beslut-2022.xlsx")
    done = statsbidrag("check", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--programme och --year" in done.stderr
    code, report = checked(file, "--year", "2022")
    assert (code, report["year"], report["sheet"]) == (0, 2022, "Beslut")


def test_a_file_that_would_block_publication_exits_1(elsewhere: Callable[[str], Path]) -> None:
    file = elsewhere("2023/medel-2023.csv")
    file.write_bytes(file.read_bytes().replace(b"30\xa0000\xa0000", b"3\xa0000\xa0000"))
    code, report = checked(file, "--year", "2023")
    assert (code, report["publishable"], report["stop"]) == (1, False, None)
    assert "funds_exceeded" in {found["rule"] for found in report["findings_between_files"]}
    assert "Stoppar publicering" in statsbidrag("check", file, "--year", "2023").stdout


def test_a_file_with_headers_only_exits_1(elsewhere: Callable[[str], Path]) -> None:
    file = elsewhere("2023/aterrapport-2023.csv")
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    code, report = checked(file)
    assert (code, report["rules"]) == (1, {"nothing_left_of_file": 1})


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (lambda _: b"", "file_empty"),
        (lambda _: b"\x89PNG\r\n\x1a\n\x00\x00\x00", "file_unreadable"),
        (lambda content: content.replace(b"Svarsnummer", b"Nummer"), "form_unknown"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    damage: Callable[[bytes], bytes], rule: str, elsewhere: Callable[[str], Path]
) -> None:
    file = elsewhere("2023/aterrapport-2023.csv")
    file.write_bytes(damage(file.read_bytes()))
    code, report = checked(file)
    assert (code, report["stop"]["rule"]) == (1, rule)
    done = statsbidrag("check", file)
    assert done.stderr.strip() == report["stop"]["sv"]
    assert file.name in done.stderr


def test_a_file_in_raw_is_checked_where_it_lies_and_needs_its_card(raw: Path) -> None:
    file = raw / PROGRAMME / "2022" / "beslut-2022.xlsx"
    code, report = checked(file, "--raw", raw)
    assert (code, report["file"]) == (0, f"{PROGRAMME}/2022/beslut-2022.xlsx")
    file.with_name("beslut-2022.xlsx.card.yaml").unlink()
    code, report = checked(file, "--raw", raw)
    assert (code, report["stop"]["rule"]) == (1, "card_missing")


def test_a_second_file_of_a_form_in_raw_is_the_stop_of_the_run(raw: Path) -> None:
    file = raw / PROGRAMME / "2023" / "beslut-ny.xlsx"
    for end in ("", ".card.yaml"):
        shutil.copy(file.with_name(f"beslut-2023.xlsx{end}"), file.with_name(f"{file.name}{end}"))
    code, report = checked(file, "--raw", raw)
    assert (code, report["stop"]["rule"]) == (1, "form_twice")


@pytest.mark.parametrize("trouble", ["form_missing", "file_unreadable", "round_without_inputs"])
def test_without_the_rest_of_the_round_the_file_is_checked_alone(
    trouble: str, raw: Path, elsewhere: Callable[[str], Path]
) -> None:
    other = raw / PROGRAMME / "2023" / "beslut-2023.xlsx"
    match trouble:
        case "form_missing":
            other.unlink()
        case "file_unreadable":
            card = other.with_name(f"{other.name}.card.yaml")
            other.write_bytes(b"x")
            head = card.read_text("utf-8").rpartition("sha256:")[0]
            card.write_text(f"{head}sha256: {hashlib.sha256(b'x').hexdigest()}\n", "utf-8")
        case _:
            shutil.rmtree(other.parent)
    code, report = checked(elsewhere("2023/aterrapport-2023.csv"), "--raw", raw)
    expected = "form_missing" if trouble == "round_without_inputs" else trouble
    assert (code, report["checked_alone_because"]["rule"]) == (0, expected)
    assert report["rules"] == {"name_by_likeness": 1}
    assert report["funnel"]["accepted"] == 54


def test_a_corrected_copy_takes_the_place_of_a_damaged_file_of_its_name(
    raw: Path, elsewhere: Callable[[str], Path]
) -> None:
    (raw / PROGRAMME / "2023" / "aterrapport-2023.csv").write_bytes(b"")
    code, report = checked(elsewhere("2023/aterrapport-2023.csv"), "--raw", raw)
    assert (code, report["checked_alone_because"]) == (0, None)


def test_the_rounds_corrections_are_applied_to_the_file_that_takes_the_place_of_theirs(
    elsewhere: Callable[[str], Path],
) -> None:
    """With the answer as received nothing is wrong either, so the correction is seen where it no longer fits."""
    file = elsewhere("2022/aterrapport-2022.csv")
    file = file.rename(file.with_name("ny.csv"))
    code, report = checked(file)
    assert (code, report["stop"], report["corrected_cells"]) == (0, None, 1)
    file.write_bytes(file.read_bytes().replace(b"Ingen samverkan", b"Inom kommunen"))
    code, report = checked(file)
    assert (code, report["stop"]["rule"]) == (1, "correction_outdated")
    assert report["stop"]["sv"].startswith("ny.csv, rad 20, kolumnen ”Vilka")
    assert "Inom kommunen" not in report["stop"]["sv"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("status: applied", "status: klar", "value_unknown"),
        ("'40119'", "'1'", "correction_misplaced"),
        ("old: Ingen", "old: Viss", "correction_outdated"),
    ],
)
def test_a_fault_of_the_corrections_is_not_the_fault_of_another_file(
    old: str, new: str, rule: str, raw: Path, elsewhere: Callable[[str], Path]
) -> None:
    log = raw / PROGRAMME / "2022" / "corrections.yaml"
    assert old in log.read_text("utf-8")
    log.write_text(log.read_text("utf-8").replace(old, new), "utf-8")
    code, report = checked(elsewhere("2022/beslut-2022.xlsx"), "--raw", raw, "--year", "2022")
    assert (code, report["checked_alone_because"]["rule"]) == (0, rule)
    assert (report["funnel"]["accepted"], report["corrected_cells"]) == (17, 0)


def test_a_file_that_is_checked_alone_is_told_in_words_too(raw: Path, elsewhere: Callable[[str], Path]) -> None:
    log = raw / PROGRAMME / "2022" / "corrections.yaml"
    log.write_text(log.read_text("utf-8").replace("status: applied", "status: klar"), "utf-8")
    done = statsbidrag("check", elsewhere("2022/beslut-2022.xlsx"), "--raw", raw, "--year", "2022")
    assert (done.returncode, done.stderr) == (0, "")
    assert "klar" in done.stdout


def test_a_card_beside_the_file_counts_and_must_be_its_own(elsewhere: Callable[[str], Path]) -> None:
    file = elsewhere("2023/aterrapport-2023.csv")
    card = elsewhere("2023/aterrapport-2023.csv.card.yaml")
    card.write_text(card.read_text("utf-8").replace("reality: real", "reality: synthetic"), "utf-8")
    code, report = checked(file)
    assert (code, report["rules"]["reality_differs"]) == (1, 54)
    file.write_bytes(file.read_bytes() + b"\r\n")
    assert checked(file)[1]["stop"]["rule"] == "card_hash_differs"


@pytest.mark.parametrize("arguments", [["finns-inte.csv"], ["raw"], [], ["README.md", "--year", "1999"]])
def test_wrong_use_exits_2(arguments: list[str]) -> None:
    done = statsbidrag("check", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_what_a_stop_quotes_from_the_file_cannot_steer_a_terminal(elsewhere: Callable[[str], Path]) -> None:
    file = elsewhere("2023/aterrapport-2023.csv")
    moved = file.rename(file.with_name("a\nb\u202e.csv"))
    moved.write_bytes(b"")
    done = statsbidrag("check", moved)
    assert done.returncode == 1
    assert done.stderr.strip().isprintable()
