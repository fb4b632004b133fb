"""The words the specification is written in. A line is what a case officer would write; rows are what it becomes.

    decisions("Exempelkommun 01: 700 000", due="2024-02-01")
    reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")
    funds("disponibla medel: 30 000 000", "administration: 2 500 000")
    submissions("Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 184 363")

All recipients are fictitious: "Exempelkommun 01" has the code 9901, outside the real series. Rows are put into files of
the sample's forms, and the round is computed from the files.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.configuration import catalogue
from tests.rows import Record, body
from tests.spec import rounds
from tests.spec.rounds import Records

PROGRAMME = catalogue.programme("stadigvarande-boende")
NAME = "Exempelkommun "
WORDS = {
    "beviljat": "granted_as_reported_sek",
    "använt": "used_sek",
    "oanvänt": "unused_sek",
    "löner": "salary_sek",
}
Rows = Sequence[Record]

# -- forms: the sample's, with what the sample has spread over several exports ----------------------------------------
DECISIONS = PROGRAMME.forms["decisions"]
REPORTS = PROGRAMME.forms["usage_report_2022"].model_copy(
    update={
        "fields": {
            **PROGRAMME.forms["usage_report_2022"].fields,
            "first_cost_date": "Första kostnaden",
            "last_cost_date": "Sista kostnaden",
        },
        "questions": {},
    }
)
EVENTS = PROGRAMME.forms["events"].model_copy(
    update={
        "codes": {
            **PROGRAMME.forms["events"].codes,
            "event": {
                **PROGRAMME.forms["events"].codes["event"],
                "repaid_after_recovery": "Återkrävt och återbetalt",
                "available_funds": "Disponibla medel",
                "administration_allowed": "Administration",
            },
        }
    }
)
SPECIFIED = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, EVENTS)
"""The round that the specification tells of."""

BODIES = [
    *(body(f"99{n:02}", f"{NAME}{n:02}") for n in range(1, 10)),
    body("0990", "Exempelköping"),
    body("9981", "Exempelregion 01", kind="region"),
    body("9991", "Exempelförbundet 01", kind="association"),
    body("9995", "Exempelstiftelsen 01", kind="other"),
    body("9901", "Exempelby", valid_to_date=dt.date(2021, 12, 31)),
]
"""The register. Exempelby is what the first of them was called until the year before the round."""


def kronor(text: str) -> int:
    """An amount as it is written here: digits in groups of three."""
    return int(text.replace(" ", ""))


def code(name: str) -> str:
    """The code of a fictitious recipient."""
    return "99" + name.removeprefix(NAME)


def name_of(code: str) -> str:
    """The name of a fictitious recipient."""
    return NAME + code[2:]


def _said(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, said) for name, said in (line.split(": ") for line in lines)]


# -- money ------------------------------------------------------------------------------------------------------------
def decisions(*lines: str, due: str | None = None, decided: str | None = None, case: str | None = None) -> Rows:
    """What was granted to whom, when, by which case number, and by when it must be reported."""
    same = {"report_due_date": due, "decided_date": decided, "case_number": case}
    return [{"recipient_name": name, "granted_sek": amount, **same} for name, amount in _said(lines)]


def reports(*lines: str, case: str | None = None) -> Rows:
    """What the recipients reported as used and as unused, of how much granted, and how much of it went to salaries."""
    same = {"submission_status": "Inlämnad", "case_number": case}
    return [{"recipient_name": name, **same, **_amounts(said)} for name, said in _said(lines)]


def _amounts(said: str) -> dict[str, str]:
    parts = (part.rpartition(" ") for part in said.split(", "))
    return {WORDS[word]: amount for amount, _, word in parts}


def repayments(*lines: str) -> Rows:
    """What was repaid after a decision on recovery."""
    told = {"event": "Återkrävt och återbetalt"}
    return [{"recipient_name": name, "amount_sek": amount, **told} for name, amount in _said(lines)]


def funds(*lines: str) -> Rows:
    """What there was to distribute, and how much of it the agency may keep for its administration."""
    return [{"event": what.capitalize(), "amount_sek": amount} for what, amount in _said(lines)]


def reconciliation(*account: Rows, **more: Any) -> dict[str, Records]:
    """The whole account, as the tables of its round: what was granted, reported and repaid."""
    return computed(*account, **more)


def computed(  # noqa: PLR0913 - one argument per file
    granted: Rows,
    reported: Rows = (),
    told: Rows = (),
    *,
    as_of: str = "2024-06-30",
    programme: Any = SPECIFIED,
    bodies: Sequence[dict[str, Any]] = BODIES,
) -> dict[str, Records]:
    """Every table of the round that consists of these rows, as it stood on one day."""
    on = dt.date.fromisoformat(as_of)
    forms = [programme.forms[name] for name in programme.rounds[rounds.YEAR].forms]
    said = zip(forms, (granted, reported, told), (rounds.LONG_AGO, rounds.LONG_AGO, on), strict=True)
    files = [rounds.file(form, *mine, date=date) for form, mine, date in said]
    return rounds.tables_of(rounds.received(files, bodies), programme, on)


def accounts(*account: Rows, **as_of: str) -> dict[str, dict[str, Any]]:
    """What was granted held against what was reported, by the name of the recipient."""
    return {name_of(row["recipient_code"]): row for row in computed(*account, **as_of)["core_reconciliation"]}


def year_of(account: dict[str, Records]) -> dict[str, Any]:
    """The year in one row."""
    [row] = account["out_grant_by_year"]
    return row


def annex_of(account: dict[str, Records]) -> Records:
    """The annex, in order of code."""
    return sorted(account["out_annex"], key=lambda line: line["recipient_code"])


# -- submissions ------------------------------------------------------------------------------------------------------
def judged(*lines: str, due: str, as_of: str, late: str) -> dict[str, Records]:
    """The tables of a round with one file of reports. A line: who | when | status | unused."""
    programme = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, EVENTS, late_reports=late)
    granted = decisions(*(f"{NAME}{n:02}: 1" for n in range(1, 10)), due=due)
    return computed(granted, [_submission(line) for line in lines], as_of=as_of, programme=programme)


def _submission(line: str) -> dict[str, str | None]:
    fields = ("recipient_name", "submitted_at", "submission_status", "unused_sek")
    return dict(zip(fields, (part.strip() or None for part in line.split("|")), strict=True))


def submissions(
    *lines: str, due: str = "2024-02-01", as_of: str = "2024-06-30", late: str = "accept"
) -> list[tuple[str, str | None]]:
    """The fate of each line, and the rule that decided it."""
    found = judged(*lines, due=due, as_of=as_of, late=late)["core_row"]
    mine = [row for row in found if row["form"] == REPORTS.form and row["row_kind"] == "data"]
    return [(row["fate"], row["rule"]) for row in sorted(mine, key=lambda row: row["source_row"])]


# -- answers ----------------------------------------------------------------------------------------------------------
def survey(*respondents: Mapping[str, str]) -> dict[str, Records]:
    """The tables of a round with a survey only. A respondent is what stands in which column."""
    form = PROGRAMME.forms["survey_2023"]
    sent = rounds.file(form, *({"respondent_id": f"R{n}", **answers} for n, answers in enumerate(respondents, 1)))
    programme = rounds.programme_of(PROGRAMME, form)
    return rounds.tables_of(rounds.received([sent], BODIES), programme, dt.date(2024, 6, 30))
