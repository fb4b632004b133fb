"""Twenty questions that an auditor asked of the pages: each answered from the start page in at most three clicks."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.warehouse.layout import START_PAGES

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
MOST_CLICKS = 3


@dataclass(frozen=True)
class Question:
    """What is asked; what to click, link by link or fold by fold; where the answer stands, and what it is."""

    asked: str
    clicks: tuple[dict[str, str], ...]
    read: str
    says: tuple[str, ...]


def link(text: str, within: str = "main") -> dict[str, str]:
    return {"link": text, "within": within}


def fold(text: str) -> dict[str, str]:
    return {"open": text}


REPORT_2022 = link("Valideringsrapport", "#stadigvarande-boende-2022")
REPORT_2023 = link("Valideringsrapport", "#stadigvarande-boende-2023")


def section(name: str) -> str:
    """What follows a heading of a report, up to the next."""
    return f"h2#{name} ~ .scroll"


QUESTIONS = (
    Question(
        "Which rows of 2022 are left out, why, and what stood in them?",
        (REPORT_2022, link("Rader som inte räknas")),
        section("left_out"),
        ("aterrapport-2022.csv, rad 2", "Testinskickning", "1 234 567 kr", "rad 3", "Ersatt inskickning"),
    ),
    Question(
        "Who changed a cell?",
        (REPORT_2022, link("Ändringar av det mottagna")),
        section("corrections"),
        ("J20", "Ingen samverkan", "Handläggare Exempel, 2023-03-01"),
    ),
    Question(
        "Which rules never fired, and which could not be tried?",
        (REPORT_2022, fold("Alla regler")),
        "#rules",
        ("prövad på", "kunde inte prövas: "),
    ),
    Question(
        "Which cells are 94 % in Table 3 made of?",
        (link("med källor", "li:has-text('Delredovisning')"), link("94")),
        "section:has(h3:target)",
        ("46 av 49", "enkat-2023.csv", "(46)"),
    ),
    Question(
        "Who owes what, and on what ground, of 2022?",
        (REPORT_2022, link("Ärenden att avgöra")),
        section("cases"),
        ("Exempelkommun 06", "10 § 3", "11 240"),
    ),
    Question(
        "And of 2023?",
        (),
        "#stadigvarande-boende-2023",
        ("54 bidrag", "3 229 753 kr ska betalas tillbaka", "Skaffa uppgift om vad som är återbetalat"),
    ),
    Question(
        "Which figures are synthetic?",
        (link("Delredovisning"),),
        "table",
        ("fiktiva",),
    ),
    Question(
        "What has changed since the last version?",
        (REPORT_2022, link("Vad som ändrats sedan förra versionen")),
        "h2#changes ~ *",
        ("version",),
    ),
    Question(
        "What has changed since the version that was printed in July?",
        (),
        "#since",
        ("statsbidrag restate --year ÅR --from VERSION",),
    ),
    Question(
        "Who decided the recovery and the waiver, and why?",
        (REPORT_2022, link("Beslut om återkrav")),
        "h2#recoveries ~ .scroll:has-text('Exempelkommun 07')",
        ("Handläggare Exempel", "Oanvända medel har inte återbetalats"),
    ),
    Question(
        "How late was the late report?",
        (REPORT_2022, link("Sena återrapporteringar")),
        section("late"),
        ("2023-02-15", "2023-02-20", "5"),
    ),
    Question(
        "Who has not reported?",
        (REPORT_2022, link("Har inte återrapporterat")),
        "h2#not_reported ~ p",
        ("Alla vars sista dag har gått har återrapporterat.",),
    ),
    Question(
        "Is the file as it was received?",
        (REPORT_2022, fold("Vad som lästs")),
        "#files",
        ("SHA-256", "aterrapport-2022.csv"),
    ),
    Question(
        "Who ran it, and who approved?",
        (REPORT_2022,),
        "main",
        ("Körd av", "Ingen är antecknad som godkännande"),
    ),
    Question(
        "Has anybody read the law?",
        (REPORT_2022, fold("Författningens bestämmelser")),
        "#provisions",
        ("preliminära", "har inte lästs"),
    ),
    Question(
        "Does the ledger agree with the books?",
        (REPORT_2022, link("Avstämning mot bokföringen")),
        section("books"),
        ("saknas i bokföringen", "−96 009"),
    ),
    Question(
        "What was known on 2023-02-23?",
        (REPORT_2022, fold("Vad som var känt när")),
        "#revision",
        ("2023-02-23", "1 761 018"),
    ),
    Question(
        "What has nobody checked?",
        (REPORT_2022, fold("Vad ingen har prövat")),
        "#unchecked",
        ("Beslutsfattare", "som ingen regel prövar"),
    ),
    Question(
        "How good are the rules?",
        (REPORT_2022, fold("Alla regler")),
        "#rules",
        ("planterade fel", " %)", "Fel som ingen regel fann"),
    ),
    Question(
        "What is there to know of Västerås?",
        (REPORT_2023, link("Mottagare", ".contents"), link("Västerås")),
        "main",
        ("Västerås", "Beviljat"),
    ),
)


@pytest.fixture(scope="module")
def answers(sample_warehouse: Path) -> list[dict[str, Any]]:
    """What one reader saw, who began at the start page for each question."""
    node = shutil.which("node")
    assert node, "Node is missing: run `make browser`"
    done = subprocess.run(
        [node, str(HERE / "ask.mjs"), str(sample_warehouse / START_PAGES["sv"])],
        input=json.dumps([asdict(each) for each in QUESTIONS]),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seen: list[dict[str, Any]] = json.loads(done.stdout)
    return seen


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=[each.asked for each in QUESTIONS])
def test_a_question_is_answered_in_at_most_three_clicks(answers: list[dict[str, Any]], number: int) -> None:
    question, seen = QUESTIONS[number], answers[number]
    assert seen["why"] is None
    assert seen["done"] == len(question.clicks) <= MOST_CLICKS
    shown = " ".join(seen["text"].split())
    assert [said for said in question.says if said not in shown] == []


def test_there_are_twenty() -> None:
    assert len(QUESTIONS) == 20
