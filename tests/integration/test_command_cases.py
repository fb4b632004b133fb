"""`statsbidrag cases` and `statsbidrag drafts`: what there is to do in the sample, and the letters it takes."""

import json
from pathlib import Path

import pytest

from tests.integration.command import statsbidrag

PROGRAMME = "stadigvarande-boende"
OF_2022 = ("--programme", PROGRAMME, "--year", "2022")


def test_the_day_after_the_reports_were_due_the_missing_one_is_first_and_overdue():
    told = statsbidrag("cases", *OF_2022, "--as-of", "2023-02-17").stdout.splitlines()
    assert told[0].endswith("2022 – att göra den 2023-02-17")
    groups = [line.strip() for line in told if line.startswith("  ") and not line.startswith("    ")]
    assert groups[1:3] == [
        "Påminn om återrapporteringen (handläggaren)",
        "Ta ställning till oanvända medel (beslutsfattaren)",
    ]
    [late] = [line for line in told if line.endswith("FÖRSENAT")]
    assert late.split("  ")[2].strip() == "Exempelkommun 17"
    assert "senast 2023-02-15" in late


def test_the_published_list_is_told_to_programs_with_its_candidates(sample_warehouse: Path):
    done = statsbidrag("cases", *OF_2022, "--json", "--warehouse", sample_warehouse)
    every = json.loads(done.stdout)
    assert {each["todo"] for each in every if each["kind"] == "books"} == {"reconcile_books"}
    todos = {each["recipient_code"]: each for each in every if each["kind"] == "case"}
    assert {code: each["todo"] for code, each in todos.items()} == {
        "9906": "decide_after_hearing",
        "9907": "remind_of_payment",
    }
    [candidate] = todos["9906"]["candidates"]
    assert (candidate["provision"], candidate["source_file"]) == ("unused", f"{PROGRAMME}/2022/aterrapport-2022.csv")
    assert todos["9907"]["due_date"] == "2023-04-26"


def test_nothing_to_do_is_never_said_while_no_file_tells_what_was_repaid(sample_warehouse: Path):
    done = statsbidrag("cases", "--year", "2023", "--warehouse", sample_warehouse)
    assert done.returncode == 0
    _, sentence, *told = done.stdout.replace("\u00a0", " ").splitlines()
    heading, line = told[-2:]
    assert sentence == (
        "  2 saker är kvar. Inget underlag säger vad 54 bidrag har betalat tillbaka; 3 229 753 kr ska betalas tillbaka."
    )
    assert heading.startswith("  Skaffa uppgift om vad som är återbetalat")
    assert line.split("  ") == ["", "", "15 bidrag", "–", "högst 3 119 562 kr", "ingen dag satt", "dag ej känd"]


@pytest.mark.rule("nothing_published_yet")
def test_a_warehouse_without_a_version_is_wrong_use(tmp_path: Path):
    done = statsbidrag("cases", "--warehouse", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"I {tmp_path} finns ingen publicerad omgång")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("asked", [("--programme", "finns-inte"), ("--year", "1999"), ("--as-of", "igår")])
def test_what_there_is_not_is_wrong_use(asked: tuple[str, str], tmp_path: Path):
    done = statsbidrag("cases", *asked, "--warehouse", tmp_path)
    assert done.returncode == 2
    assert asked[1] in done.stderr


def test_drafts_are_written_for_the_fictitious_round_and_twice_the_same(tmp_path: Path):
    for folder in ("one", "two"):
        done = statsbidrag("drafts", *OF_2022, "--as-of", "2023-02-17", "--out", tmp_path / folder)
        assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == [
        *(f"kommunicering-99{n}.docx" for n in ("06", "07", "11")),
        "paminnelse-aterrapportering-9917.docx",
    ]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_folder_that_is_not_empty_is_wrong_use(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    done = statsbidrag("drafts", *OF_2022, "--as-of", "2023-02-17", "--out", tmp_path)
    assert done.returncode == 2
    assert "Ange en ny mapp" in done.stderr
