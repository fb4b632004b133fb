"""The sample rounds are what they claim to be: reproducible, as printed, and honest about the rest.

The counts are taken from the files by plain reading, with the words of the printed tables, and not by the
system's readers.
"""

import csv
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

from tests.sample.__main__ import write_rounds
from tests.sample.forms import load_form
from tests.sample.inputs import PROGRAMME, ROOT, annex, fictitious_names, margins

RAW = ROOT / "raw"
CARD = ".card.yaml"
UNDESCRIBED = {"README.md", "corrections.yaml"}
Record = dict[str, str]


def described_files() -> list[Path]:
    """Every file under raw/ that must have a source card."""
    files = (path for path in RAW.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.name.endswith(CARD) and path.name not in UNDESCRIBED)


def card_of(path: Path) -> dict[str, str]:
    card: dict[str, str] = yaml.safe_load(path.with_name(path.name + CARD).read_text(encoding="utf-8"))
    return card


def records(name: str, encoding: str, delimiter: str) -> list[Record]:
    year = re.findall(r"\d{4}", name)[0]
    with (RAW / PROGRAMME / year / name).open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def corrections(year: int) -> list[dict[str, Any]]:
    log = yaml.safe_load((RAW / PROGRAMME / str(year) / "corrections.yaml").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = log["corrections"]
    return entries


def sheet(path: Path, name: str) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()]


def decisions(year: int) -> list[list[object]]:
    return sheet(RAW / PROGRAMME / str(year) / f"beslut-{year}.xlsx", "Beslut")


def cells(path: Path) -> Iterator[str]:
    """Every cell of a file as text; a workbook's sheet by sheet."""
    if path.suffix == ".xlsx":
        names = CalamineWorkbook.from_path(path).sheet_names
        yield from (str(cell) for name in names for row in sheet(path, name) for cell in row)
        return
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    yield from re.split(r"[;,\r\n]+", text)


def kronor(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def survey() -> list[Record]:
    return records("enkat-2023.csv", "utf-8", ",")


@pytest.fixture(scope="module")
def reports_2022() -> list[Record]:
    """What counts of the reports of 2022: corrected, tests left out, the latest of each recipient, by hand."""
    [correction] = corrections(2022)
    submitted = [row for row in records("aterrapport-2022.csv", "utf-8-sig", ",") if row["Status"] != "Test"]
    [corrected] = [row for row in submitted if row["Ärende-id"] == correction["key"]["value"]]
    corrected[correction["column"]] = correction["new"]
    return list({row["Kommun"]: row for row in sorted(submitted, key=lambda row: row["Inskickad"])}.values())


def chosen(rows: list[Record], *, header_start: str) -> dict[str, int]:
    """How many chose each option of a question that has one column per option."""
    headers = [header for header in rows[0] if header.startswith(header_start)]
    return {header.split(" – ")[1]: sum(row[header] == "1" for row in rows) for header in headers}


def test_generating_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    write_rounds(tmp_path)
    assert tree(tmp_path / PROGRAMME) == tree(RAW / PROGRAMME)


def test_another_machine_gives_the_committed_bytes(tmp_path: Path) -> None:
    elsewhere = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-m", "tests.sample", str(tmp_path)], cwd=ROOT, env=elsewhere, check=True)
    assert tree(tmp_path / PROGRAMME) == tree(RAW / PROGRAMME)


def test_generating_leaves_other_files_alone(tmp_path: Path) -> None:
    other = tmp_path / PROGRAMME / "2023" / "received-earlier.csv"
    other.parent.mkdir(parents=True)
    other.write_text("kept", encoding="utf-8")
    write_rounds(tmp_path)
    assert other.read_text(encoding="utf-8") == "kept"


def test_the_annex_sums_to_the_totals_printed_below_it() -> None:
    assert len(annex()) == 54
    assert sum(row.granted_sek for row in annex()) == 21_117_795
    assert sum(row.unused_sek for row in annex()) == 3_119_562
    assert Counter(row.funds_use for row in annex()) == {"all": 39, "part": 10, "none": 5}


def test_margins_name_only_options_that_the_forms_have() -> None:
    forms = {2022: load_form("usage_report_2022"), 2023: load_form("survey_2023")}
    for year, form in forms.items():
        for name, question in form.questions.items():
            assert margins(year).get(name, {}).keys() <= question.options.keys()


def test_every_file_has_a_card_with_its_hash() -> None:
    for path in described_files():
        card = card_of(path)
        assert card["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest(), path
        assert card["reality"] in {"real", "synthetic", "mixed"}, path
        assert {"title", "origin", "date", "licence"} <= card.keys(), path


def test_no_card_without_its_file() -> None:
    assert [card for card in RAW.rglob(f"*{CARD}") if not card.with_name(card.name.removesuffix(CARD)).exists()] == []


def test_no_real_municipality_in_a_synthetic_file() -> None:
    with (RAW / "reference" / "municipalities.csv").open(encoding="utf-8", newline="") as lines:
        register = list(csv.DictReader(lines, delimiter=";"))
    # Whole cells only: 2023 is both a year and a code, and no date or case number is a code.
    codes = {row["municipality_code"] for row in register}
    names = re.compile(r"\b(" + "|".join(re.escape(row["municipality_name"]) for row in register) + r")s?\b")
    for path in (path for path in described_files() if card_of(path)["reality"] == "synthetic"):
        assert [cell for cell in cells(path) if cell.strip() in codes or names.search(cell)] == [], path


def test_invented_values_stand_only_beside_fictitious_applicants() -> None:
    rows = records("ansokningar-2023.csv", "utf-8", ";")
    real = [row for row in rows if row["Sökande"] not in fictitious_names()]
    assert (len(real), len(rows)) == (54, 72)
    assert [row["Sökande"] for row in real] == [row.name for row in annex()]
    assert {(row["Diarienummer"], row["Inkom"], row["Sökt belopp (kr)"], row["Utfall"]) for row in real} == {
        ("", "", "", "Bifall helt eller delvis")
    }


def test_the_applications_of_2023_without_a_grant() -> None:
    refused = records("ansokningar-2023.csv", "utf-8", ";")[54:]
    assert Counter(row["Utfall"] for row in refused) == {"Avslag": 14, "Avvisad": 2, "Avskriven": 2}
    assert [row["Sökande"] for row in refused] == fictitious_names()[-18:]
    assert all(row["Diarienummer"] and row["Inkom"] and kronor(row["Sökt belopp (kr)"]) for row in refused)


def test_the_decisions_of_2023_are_the_annex() -> None:
    rows = decisions(2023)
    assert [row[3:5] for row in rows[4:-1]] == [[row.name, row.granted_sek] for row in annex()]
    assert rows[-1][3:5] == ["Summa", 21_117_795]
    assert {cell for row in rows[4:] for cell in [*row[:3], row[5]]} == {""}


def test_the_usage_reports_of_2023_are_the_annex() -> None:
    rows = [list(row.values()) for row in records("aterrapport-2023.csv", "cp1252", ";")]
    assert [(row[2], kronor(row[3]), kronor(row[4])) for row in rows] == [
        (row.name, row.granted_sek, row.unused_sek) for row in annex()
    ]
    assert {cell for row in rows for cell in row[:2]} == {""}
    assert any("\u00a0" in row[3] for row in rows)


def test_the_funds_are_the_printed_ones() -> None:
    rows = {year: records(f"medel-{year}.csv", "cp1252", ";") for year in (2022, 2023)}
    assert {year: [kronor(row["Belopp (kr)"]) for row in of_year] for year, of_year in rows.items()} == {
        2022: [3_500_000],
        2023: [30_000_000, 2_500_000],
    }
    assert {row["Mottagare"] for of_year in rows.values() for row in of_year} == {""}


def test_the_recovery_is_that_of_the_footnote() -> None:
    marked = [row.name for row in annex() if row.name.endswith("*")]
    rows = records("aterkrav-2023.csv", "cp1252", ";")
    assert [(row["Mottagare"], kronor(row["Belopp (kr)"])) for row in rows] == [(name, 110_191) for name in marked]


def test_the_survey_gives_table_3(survey: list[Record]) -> None:
    assert chosen(survey, header_start="Inom vilka områden") == {
        "Utveckla samverkan (t.ex. via Kompotten)": 46,
        "Socialt kontrakt": 30,
        "Förtur till bostad": 29,
        "Stöd till den våldsutsatta att söka bostad": 28,
        "Andra områden": 16,
        "Insats för att flytta på våldsutövaren": 12,
    }


def test_the_survey_gives_table_4(survey: list[Record]) -> None:
    assert chosen(survey, header_start="Kommunen har samverkat") == {
        "...med andra kommuner inom länet": 43,
        "...med kommunala hyresvärdar/bostadsbolag": 43,
        "...inom kommunen": 42,
        "...med privata hyresvärdar/bostadsbolag": 29,
        "...med andra kommuner utanför länet": 24,
        "...med myndighet": 24,
        "...med civilsamhället (t.ex. kvinnojour)": 16,
        "...med annan aktör": 11,
    }


def test_the_survey_gives_the_shares_that_fit_a_whole_number(survey: list[Record]) -> None:
    headers = list(survey[0])
    assert Counter(row[headers[2]] for row in survey) == {
        "Hela bidraget": 39,
        "En del av bidraget": 10,
        "Inget av bidraget": 5,
    }
    reasons = chosen(survey, header_start="Varför har")
    assert (reasons["Tidsbrist"], reasons["Annan orsak"]) == (7, 10)
    assert list(chosen(survey, header_start="Vad har bidraget").values()) == [33, 24]
    ratings = Counter(row[headers[-2]][:1] for row in survey)
    assert (ratings["4"], ratings["5"], ratings[""]) == (23, 14, 5)
    without = Counter(row[headers[-1]] for row in survey)
    assert (without["Ja, vissa av dem"], without["Ja, alla"], without[""]) == (17, 2, 5)


def test_questions_are_blank_exactly_for_those_not_asked(survey: list[Record]) -> None:
    headers = list(survey[0])
    for row in survey:
        use = row[headers[2]]
        assert {row[header] == "" for header in headers[3:6]} == {use == "Hela bidraget"}
        assert {row[header] == "" for header in headers[6:]} == {use == "Inget av bidraget"}


def test_every_asked_respondent_has_a_reason_a_kind_of_work_and_consistent_cooperation(
    survey: list[Record],
) -> None:
    headers = list(survey[0])
    for row in survey:
        assert {row[header] for header in headers[3:6]} != {"0"}
        assert {row[header] for header in headers[6:8]} != {"0"}
        assert (row[headers[8]] == "1") == any(row[header] == "1" for header in headers[14:22])


def test_respondents_are_numbers_in_the_order_they_answered(survey: list[Record]) -> None:
    assert [row["Respondent"] for row in survey] == [f"R{number:03d}" for number in range(1, 55)]
    moments = [row["Svarsdatum"] for row in survey]
    assert moments == sorted(moments)
    assert moments[0] >= "2024-01-08"
    assert moments[-1] < "2024-02-01"


def test_the_amounts_of_2022_sum_to_table_2(reports_2022: list[Record]) -> None:
    amounts = [[kronor(row[header]) for header in list(row)[5:9]] for row in reports_2022]
    granted, used, salary, unused = (sum(column) for column in zip(*amounts, strict=True))
    assert (len(amounts), granted, unused) == (17, 1_761_018, 55_718)
    assert salary * 10 == used * 9
    for granted, used, salary, unused in amounts:
        assert granted == used + unused
        assert 0 < salary <= used
    assert 103_589 in [amount for amount, *_ in amounts]


def test_the_answers_of_2022_give_table_1(reports_2022: list[Record]) -> None:
    *_, cooperation, without = list(reports_2022[0])
    assert Counter(text for row in reports_2022 for text in row[cooperation].split("; ")) == {
        "Kommunala eller privata hyresvärdar/bostadsbolag": 14,
        "Andra kommuner inom länet": 11,
        "Inom kommunen": 8,
        "Andra kommuner utanför länet": 4,
        "Myndighet": 4,
        "Civilsamhället (t.ex. kvinnojour)": 1,
        "Annan aktör": 1,
    }
    assert sum(row[without] == "Ja, alla" for row in reports_2022) == 2


def test_one_recipient_of_2022_denies_the_cooperation_that_it_describes() -> None:
    """Footnote 9 of the source. Without the correction Tabell 1 would lack what that recipient did."""
    [correction] = corrections(2022)
    rows = records("aterrapport-2022.csv", "utf-8-sig", ",")
    [row] = [row for row in rows if row["Ärende-id"] == correction["key"]["value"]]
    assert row["Kommun"] in fictitious_names()
    assert row[correction["column"]] == correction["old"] == "Ingen samverkan"
    assert sum(row[correction["column"]] == "Ingen samverkan" for row in rows) == 1
    assert len(correction["new"].split("; ")) == 3


def test_2022_has_a_test_a_double_and_a_late_submission() -> None:
    rows = records("aterrapport-2022.csv", "utf-8-sig", ",")
    assert len(rows) == 19
    assert Counter(row["Status"] for row in rows) == {"Inlämnad": 18, "Test": 1}
    submitted = [row for row in rows if row["Status"] == "Inlämnad"]
    [(double, _)] = [entry for entry in Counter(row["Kommun"] for row in submitted).items() if entry[1] > 1]
    earlier, later = (list(row.values())[6:] for row in submitted if row["Kommun"] == double)
    assert all(before != after for before, after in zip(earlier, later, strict=True))
    late = [row["Kommun"] for row in submitted if row["Inskickad"] > "2023-02-16"]
    assert len(late) == 1
    assert double not in late


def test_decisions_applications_and_reports_of_2022_agree(reports_2022: list[Record]) -> None:
    rows = decisions(2022)
    decided = {row[0]: (row[3], row[4]) for row in rows[4:-1]}
    assert rows[-1][3:5] == ["Summa", 1_761_018]
    assert decided == {
        row["Diarienummer"]: (
            row["Kommun"],
            kronor(row["Hur mycket statsbidrag beviljades kommunen för 2022?"]),
        )
        for row in reports_2022
    }
    applied = records("ansokningar-2022.csv", "utf-8", ";")
    assert [row["Sökande"] for row in applied] == fictitious_names()[:29]
    for row in applied:
        name, granted_sek = decided.get(row["Diarienummer"], (row["Sökande"], None))
        assert name == row["Sökande"]
        assert row["Utfall"] in outcomes_for(kronor(row["Sökt belopp (kr)"]), granted_sek)


def outcomes_for(applied_sek: int, granted_sek: object) -> set[str]:
    """Which outcomes a sum applied for and a grant allow."""
    if granted_sek is None:
        return {"Avslag", "Avvisad", "Avskriven"}
    assert isinstance(granted_sek, float)
    assert granted_sek <= applied_sek
    return {"Bifall"} if granted_sek == applied_sek else {"Delvis bifall"}


def test_no_code_names_a_municipality() -> None:
    names = "|".join(re.escape(row.name) for row in annex())
    sources = [*(ROOT / "tests" / "sample").glob("*.py"), Path(__file__)]
    assert [path for path in sources if re.search(names, path.read_text(encoding="utf-8"))] == []


def test_the_register_is_whole() -> None:
    with (RAW / "reference" / "municipalities.csv").open(encoding="utf-8", newline="") as lines:
        municipalities = list(csv.DictReader(lines, delimiter=";"))
    with (RAW / "reference" / "counties.csv").open(encoding="utf-8", newline="") as lines:
        counties = {row["county_code"] for row in csv.DictReader(lines, delimiter=";")}
    assert len({row["municipality_code"] for row in municipalities}) == len(municipalities) == 290
    assert len(counties) == 21
    assert {row["municipality_code"][:2] for row in municipalities} == counties
    assert all(row["county_code"] == row["municipality_code"][:2] for row in municipalities)
