"""A grant to associations, companies and sole traders, by a folder of YAML, a register and exports alone."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from tests.integration.projects import drop, project_copy, statsbidrag
from tests.integration.publishing import current, rows
from tests.spec.bodies_language import ASSOCIATION, COMPANY, FOUNDATION, TRADER, TRADER_CODE, TRADER_NAME

NAME, YEAR = "foreningsbidrag", 2030
FOLDER = f"raw/{NAME}/{YEAR}"
SECRETS = (TRADER, TRADER.replace("-", ""), TRADER[:6], TRADER_NAME, "Fiktivsson")
"""What tells who the sole trader is."""

REGISTER = (
    "organisation_number;recipient_name;kind;recipient_code",
    f"{ASSOCIATION};Exempelföreningen;nonprofit_association;",
    f"{COMPANY};Exempelbolaget AB;company;",
    f"{FOUNDATION};Exempelstiftelsen;foundation;",
    f"{TRADER};{TRADER_NAME};sole_trader;{TRADER_CODE}",
    "769999-0004;Exempelkooperativet;economic_association;",  # the check digit is 3
)
DECISIONS = (
    "Dnr;Beslutad;Sökande;Org.nr;Beviljat (tkr);Redovisas senast",
    f"F 1;2030-03-01;Exempelföreningen;16{ASSOCIATION};412,5;2031-02-01",
    f"F 2;2030-03-01;Exempelbolaget AB;{COMPANY.replace('-', '')};100;2031-02-01",
    f"F 3;2030-03-01;{TRADER_NAME};{TRADER};75;2031-02-01",
    f"F 4;2030-03-01;Exempelstiftelsen;{FOUNDATION};50;2031-02-01",
    "F 5;2030-03-01;Exempelföreningen;070-123 45 67;20;2031-02-01",
)
REPORTS = (
    "Inskickad;Namn;Nummer;Dnr;Använt (kr);Kvar (kr)",
    f"2031-01-15;Exempelföreningen;{ASSOCIATION};F 1;400 000;12 500",
    f"2031-01-16;Exempelbolaget AB;{COMPANY};F 2;100 000;0",
    f"2031-01-17;{TRADER_NAME};{TRADER};F 3;60 000;15 000",
)
EVENTS = (
    "Nr;Vad;Vem;Nummer;Dnr;Den;Infört;Kronor",
    f"1;Utbetalt;Exempelföreningen;{ASSOCIATION};F 1;2030-03-05;2030-03-05;412 500",
    f"2;Utbetalt;Exempelbolaget AB;{COMPANY};F 2;2030-03-05;2030-03-05;100 000",
    f"3;Utbetalt;{TRADER_NAME};{TRADER};F 3;2030-03-05;2030-03-05;75 000",
    f"4;Utbetalt;Exempelstiftelsen;{FOUNDATION};F 4;2030-03-05;2030-03-05;50 000",
)
WHO = {"case_number": "Dnr"}
FORMS = {
    "decisions": {
        "title": {"sv": "Beslutslista", "en": "Decisions"},
        "fills": "core_decision",
        "amounts_in": "thousands",
        "fields": {
            **WHO,
            "recipient_name": "Sökande",
            "recipient_code": "Org.nr",
            "decided_date": "Beslutad",
            "granted_sek": "Beviljat (tkr)",
            "report_due_date": "Redovisas senast",
        },
    },
    "usage_report": {
        "title": {"sv": "Redovisning", "en": "Reports"},
        "fills": "core_usage_report",
        "fields": {
            **WHO,
            "recipient_name": "Namn",
            "recipient_code": "Nummer",
            "submitted_at": "Inskickad",
            "used_sek": "Använt (kr)",
            "unused_sek": "Kvar (kr)",
        },
    },
    "events": {
        "title": {"sv": "Händelser", "en": "Events"},
        "fills": "core_event",
        "fields": {
            **WHO,
            "recipient_name": "Vem",
            "recipient_code": "Nummer",
            "event": "Vad",
            "event_no": "Nr",
            "event_date": "Den",
            "recorded_date": "Infört",
            "amount_sek": "Kronor",
        },
        "codes": {"event": {"payment": "Utbetalt", "repaid": "Återbetalt", "recovery_decided": "Återkrav"}},
    },
}
REPORT = {
    "report": "follow_up",
    "title": {"sv": "Uppföljning", "en": "Follow-up"},
    "rounds": [YEAR],
    "annex": YEAR,
    "tables": {
        1: {
            "title": {"sv": "Fördelat", "en": "Distributed"},
            "rows": {"table": "out_grant_by_year"},
            "row_header": {"sv": "År", "en": "Year"},
            "columns": {
                "granted_sek": {"value": "granted_sek", "unit": "sek", "sv": "Fördelat (kr)", "en": "Distributed"}
            },
        }
    },
}


def declare(programme: Path) -> None:
    """The programme as `programme new` begins it, for other recipients and with other forms."""
    declared = yaml.safe_load((programme / "programme.yaml").read_text("utf-8"))
    kinds = ["company", "nonprofit_association", "economic_association", "foundation", "sole_trader"]
    period = {"from": f"{YEAR}-01-01", "to": f"{YEAR}-12-31"}
    declared |= {"recipients": kinds, "registers": [f"{NAME}/mottagare.csv"]}
    waiver = {"rule": "decision_set_aside", "file": "beslut.csv", "row": 6, "reason": "Numret rättas i nästa export",
              "by": "A. Chef", "date": dt.date(2020, 1, 1), "expires": dt.date(2099, 12, 31)}  # fmt: skip
    declared["rounds"] = {
        YEAR: {"cost_period": period, "late_reports": "accept", "forms": list(FORMS), "waivers": [waiver]}
    }
    for folder in ("forms", "reports"):
        for file in (programme / folder).iterdir():
            file.unlink()
    written = {"programme.yaml": declared, "questions.yaml": {"questions": {}, "bases": {}}}
    written |= {f"forms/{name}.yaml": {"form": name, "identity": "recipient", **form} for name, form in FORMS.items()}
    written["reports/follow_up.yaml"] = REPORT
    for name, content in written.items():
        (programme / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project_copy(tmp_path_factory.mktemp("project"))
    assert statsbidrag(folder, "programme", "new", NAME).returncode == 0
    declare(folder / "schemas/programmes" / NAME)
    drop(folder / FOLDER, "beslut.csv", *DECISIONS)
    drop(folder / FOLDER, "redovisning.csv", *REPORTS)
    drop(folder / FOLDER, "handelser.csv", *EVENTS)
    drop(folder / f"raw/{NAME}", "mottagare.csv", *REGISTER)
    return folder


@pytest.fixture(scope="module")
def said(project: Path) -> list[str]:
    """What the commands print: the run, the check of an export, the to-do list and the letters."""
    commands = (
        ("run", "--programme", NAME),
        ("check", f"{FOLDER}/beslut.csv"),
        ("cases", "--programme", NAME),
        ("drafts", "--programme", NAME, "--year", str(YEAR), "--as-of", "2031-03-01", "--out", "letters"),
        ("draw", "--programme", NAME, "--year", str(YEAR), "--amounts", "granted", "--materiality", "100000",
         "--confidence", "80", "--seed", "1", "--out", "draw.xlsx"),
        ("inspect", f"{FOLDER}/beslut.csv"),
        ("restate", "--programme", NAME, "--year", str(YEAR), "--from", "2031-01-16"),
    )  # fmt: skip
    done = [statsbidrag(project, *command) for command in commands]
    assert [each.returncode for each in done] == [0] * len(commands), [each.stderr for each in done]
    return [each.stdout + each.stderr for each in done]


def test_what_was_granted_used_and_left_is_in_kronor_by_organisation_number(project: Path, said: list[str]):
    """412,5 and 100 and 75 and 50 thousand; of the first 12 500 are left, of the third 15 000."""
    assert said
    found = rows(
        current(project / "warehouse"),
        "SELECT recipient_code, granted_sek, paid_sek, used_sek, unused_sek FROM core_account ORDER BY recipient_code",
    )
    assert found == [
        (TRADER_CODE, 75_000, 75_000, 60_000, 15_000),
        (COMPANY.replace("-", ""), 100_000, 100_000, 100_000, 0),
        (FOUNDATION.replace("-", ""), 50_000, 50_000, None, None),
        (ASSOCIATION.replace("-", ""), 412_500, 412_500, 400_000, 12_500),
    ]
    assert rows(current(project / "warehouse"), "SELECT granted_sek, unused_sek FROM out_grant_by_year") == [
        (637_500, 27_500)
    ]


def test_what_is_wrong_is_found_at_its_cell(project: Path, said: list[str]):
    assert said
    wanted = "'number_unreadable', 'number_check_digit', 'amounts_in_thousands'"
    query = f"SELECT rule, source_file, source_row, source_column FROM core_finding WHERE rule IN ({wanted}) ORDER BY 1"
    assert rows(current(project / "warehouse"), query) == [
        ("amounts_in_thousands", f"{NAME}/{YEAR}/beslut.csv", None, None),
        ("number_check_digit", f"{NAME}/mottagare.csv", 6, "A"),
        ("number_unreadable", f"{NAME}/{YEAR}/beslut.csv", 6, "D"),
    ]


def test_the_evaluation_says_that_amounts_were_in_thousands(project: Path, said: list[str]):
    assert said
    page = (current(project / "warehouse") / "reports" / NAME / "follow_up.html").read_text("utf-8")
    assert f"tusental kronor i källan är omräknade till kronor. De kan vara avrundade där: Beslutslista {YEAR}." in page


def test_the_foundation_that_did_not_report_is_to_be_reminded_and_gets_a_letter(project: Path, said: list[str]):
    assert said
    assert "Exempelstiftelsen" in said[2]
    assert list((project / "letters").rglob("*.docx"))


def texts_of(project: Path) -> Iterator[tuple[str, str]]:
    """Everything that a run and its commands leave, but for what is received and kept restricted, as text by place."""
    for path in sorted(project.rglob("*")):
        place = path.relative_to(project).as_posix()
        if place.startswith(("raw/", "schemas/", "assets/", "pipelines/")) or is_restricted(path):
            continue
        yield place, place
        if path.suffix == ".parquet":
            yield place, str(pq.read_table(path).to_pylist())
        elif path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                yield place, "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        elif path.is_file():
            yield place, path.read_bytes().decode("utf-8", "replace")


def is_restricted(path: Path) -> bool:
    """Whether a file is of the restricted layer of the store: what was received, as it was."""
    return path.name.startswith(("raw_", "received"))


def test_a_sole_traders_number_and_name_are_in_nothing_that_is_published_printed_or_logged(
    project: Path, said: list[str]
):
    told = [*((f"command {number}", text) for number, text in enumerate(said)), *texts_of(project)]
    assert len(told) > 100
    assert [(place, secret) for place, text in told for secret in SECRETS if secret in text] == []
    assert any(TRADER_CODE in text for _, text in told)


def test_the_restricted_layer_holds_what_was_received(project: Path, said: list[str]):
    assert said
    kept = list((project / "warehouse/store").rglob("raw_row.parquet"))
    assert any(TRADER in str(pq.read_table(path).to_pylist()) for path in kept)
