"""The words the specification is written in. A line is what a case officer would write; a table is what it becomes.

    decisions("Exempelkommun 01: 700 000", due="2024-02-01")
    reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")
    funds("disponibla medel: 30 000 000", "administration: 2 500 000")
    submissions("Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 184 363")

All recipients are fictitious: "Exempelkommun 01" has the code 9901, outside the real series.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw

from assets import conform
from assets.domain import evaluation, records
from assets.domain.frames import Frame
from assets.domain.reconciliation import reconcile_funds
from assets.domain.register import Body
from assets.evaluate import DESCRIBED, described_options
from assets.frames import frame_of, records_of
from schemas.configuration import catalogue
from tests.frames import Record, raw_rows, received, rows_left_out, table

PROGRAMME = catalogue.programme("stadigvarande-boende")
NAME = "Exempelkommun "
EVENTS = {"disponibla medel": "available_funds", "administration": "administration_allowed"}
WORDS = {
    "beviljat": "granted_as_reported_sek",
    "använt": "used_sek",
    "oanvänt": "unused_sek",
    "löner": "salary_sek",
}


def kronor(text: str) -> int:
    """An amount as it is written here: digits in groups of three."""
    return int(text.replace(" ", ""))


def code(name: str) -> str:
    """The code of a fictitious recipient."""
    return "99" + name.removeprefix(NAME)


def _said(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, said) for name, said in (line.split(": ") for line in lines)]


# -- money ----------------------------------------------------------------------------------------------------------
def day(text: str | None) -> dt.date | None:
    """A day as it is written here, if it is known."""
    return dt.date.fromisoformat(text) if text else None


def decisions(*lines: str, due: str | None = None, decided: str | None = None, case: str | None = None) -> Frame:
    """What was granted to whom, when, by which case number, and by when it must be reported."""
    granted = [{"recipient_code": code(name), "granted_sek": kronor(sum_)} for name, sum_ in _said(lines)]
    named = [{**row, "name_as_reported": line.split(": ")[0]} for row, line in zip(granted, lines, strict=True)]
    return table("core_decision", *named, report_due_date=day(due), decided_date=day(decided), case_number=case)


def reports(*lines: str) -> Frame:
    """What the recipients reported as used and as unused, of how much granted, and how much of it went to salaries."""
    return table(
        "core_usage_report", *({"recipient_code": code(name), **_amounts(said)} for name, said in _said(lines))
    )


def _amounts(said: str) -> dict[str, int]:
    parts = (part.rpartition(" ") for part in said.split(", "))
    return {WORDS[word]: kronor(amount) for amount, _, word in parts}


def repayments(*lines: str, happened: str | None = None, recorded: str | None = None) -> Frame:
    """What was repaid after a decision on recovery, the day it happened and the day it was recorded."""
    rows = ({"recipient_code": code(name), "amount_sek": kronor(amount)} for name, amount in _said(lines))
    days = {"event_date": day(happened), "recorded_date": day(recorded)}
    return table("core_event", *rows, event="repaid_after_recovery", **days)


def funds(*lines: str) -> Frame:
    """What there was to distribute, and how much of it the agency may keep for its administration."""
    rows = ({"event": EVENTS[what], "amount_sek": kronor(amount)} for what, amount in _said(lines))
    return table("core_event", *rows)


def reconciliation(
    granted: Frame,
    reported: Frame,
    repaid: Frame | None = None,
    as_of: str = "2024-06-30",
    left_out: Frame | None = None,
) -> Frame:
    """The whole account, recipient by recipient, as it stood on one day."""
    rounds = table("core_round", {"as_of_date": dt.date.fromisoformat(as_of)})
    repaid = repayments() if repaid is None else repaid
    return reconcile_funds(granted, reported, repaid, rounds, rows_left_out() if left_out is None else left_out)


def accounts(*account: Frame, **as_of: str) -> dict[str, dict[str, Any]]:
    """The account of each recipient by its name."""
    return {NAME + row["recipient_code"][2:]: row for row in records_of(reconciliation(*account, **as_of))}


def year_of(account: Frame) -> dict[str, Any]:
    """The year in one row."""
    [row] = records_of(evaluation.grant_by_year(account))
    return row


def annex_of(account: Frame, granted: Frame, note: str = "{amount}") -> list[dict[str, Any]]:
    """The annex, in order of code."""
    lines = records_of(evaluation.annex(account, granted, bodies(account), note))
    return sorted(lines, key=lambda line: line["recipient_code"])


def bodies(account: Frame) -> Frame:
    """The register: the recipients of one account."""
    codes = [row["recipient_code"] for row in records_of(account)]
    return table("core_recipient", *({"recipient_code": each, "recipient_name": NAME + each[2:]} for each in codes))


# -- submissions ----------------------------------------------------------------------------------------------------
COUNTY = {"county_code": "99", "county_name": "Exempellän"}
REGISTER = table(
    "core_recipient",
    *({"recipient_code": f"99{n:02}", "recipient_name": f"{NAME}{n:02}"} for n in range(1, 10)),
    {"recipient_code": "9981", "recipient_name": "Exempelregion 01", "kind": "region"},
    {"recipient_code": "9991", "recipient_name": "Exempelförbundet 01", "kind": "association"},
    {"recipient_code": "9995", "recipient_name": "Exempelstiftelsen 01", "kind": "other"},
    **COUNTY,
)
FORMER = Body("9901", "Exempelby", "municipality", "Exempellän", valid_to_date=dt.date(2021, 12, 31))
"""What the first of them was called until the year before the round."""


def judged(*lines: str, due: str, as_of: str, late: str) -> Frame:
    """Every row of one file of reports with its fate, as table core_row. A line: who | when | status | unused."""
    return conform.core_rows([_judged(lines, due, as_of, late)])


def _judged(lines: tuple[str, ...], due: str, as_of: str, late: str) -> conform.Judged:
    decided = received(PROGRAMME.forms["decisions"], file="decisions.csv")
    reported = received(PROGRAMME.forms["usage_report_2022"], file="reports.csv")
    sent = [_submission(line) for line in lines]
    granted: list[Record] = [
        {"recipient_name": body["recipient_name"], "granted_sek": "1", "report_due_date": due}
        for body in records_of(REGISTER.filter(nw.col("kind") == "municipality"))
    ]
    rows = [(raw_rows(decided, *granted), decided), (raw_rows(reported, *sent), reported)]
    named = [(conform.name_rows(raw, file, REGISTER, PROGRAMME), file) for raw, file in rows]
    rounds = table("core_round", {"as_of_date": dt.date.fromisoformat(as_of), "late_reports": late})
    return conform.judge(named, PROGRAMME, rounds)[1]


def _submission(line: str) -> dict[str, str | None]:
    fields = ("recipient_name", "submitted_at", "submission_status", "unused_sek")
    return dict(zip(fields, (part.strip() or None for part in line.split("|")), strict=True))


def submissions(
    *lines: str, due: str = "2024-02-01", as_of: str = "2024-06-30", late: str = "accept"
) -> list[tuple[str, str | None]]:
    """The fate of each line, and the rule that decided it."""
    rows = records_of(judged(*lines, due=due, as_of=as_of, late=late))
    return [
        (row["fate"], row["rule"])
        for row in sorted(rows, key=lambda row: row["source_row"])
        if row["row_kind"] == "data"
    ]


# -- answers --------------------------------------------------------------------------------------------------------
def survey(*respondents: Mapping[str, str]) -> Frame:
    """The answers to the survey of 2023, as table core_answer. A respondent is what stands in which column."""
    file = received(PROGRAMME.forms["survey_2023"])
    rows = raw_rows(file, *({"respondent_id": f"R{n}", **answers} for n, answers in enumerate(respondents, 1)))
    named = records.named_rows(rows, file, frame_of([], conform.NAMES), REGISTER)
    rounds = table("core_round", {"as_of_date": dt.date(2024, 6, 30), "late_reports": "accept"})
    fates = conform.core_rows(conform.judge([(named, file)], PROGRAMME, rounds))
    frames = records.accepted_answers(records.text_rows(rows, file), fates, file, PROGRAMME)
    return table("core_answer", *(row for frame in frames for row in records_of(frame)))


def options() -> Frame:
    """Every option of every question, with labels and bases."""
    return frame_of(described_options(PROGRAMME), DESCRIBED)
