"""The round of 2023: the printed annex as two exports, the printed funds, and a pseudonymous survey.

Beside a real name stands what is printed and nothing else. Answers belong to numbered respondents,
applications without a grant to fictitious applicants.
"""

from datetime import date

from tests.sample.draws import answers_of, draw_answers, office_moments, stream
from tests.sample.files import NO_BREAK_SPACE, CsvLook, csv_bytes, grouped, workbook_bytes
from tests.sample.forms import Row, load_form
from tests.sample.inputs import annex, fictitious_names, margins

YEAR = 2023
PUBLISHED = date(2024, 7, 31)
TITLE = (f"Statsbidrag {YEAR}", "Utdrag ur ärendesystemet", "")
REFUSALS = ("dismissed", "dismissed", "withdrawn", "withdrawn")
"""Invented: how the applications without a grant ended, where not by rejection."""

FORM_TOOL = CsvLook(";", "cp1252", amount=lambda amount: grouped(amount, NO_BREAK_SPACE))
CASE_SYSTEM = CsvLook(";", "utf-8")
SURVEY_TOOL = CsvLook(",", "utf-8")


def files() -> dict[str, bytes]:
    """File name -> content of every export of the round."""
    return {
        "beslut-2023.xlsx": _decisions(),
        "aterrapport-2023.csv": _usage_report(),
        "ansokningar-2023.csv": _applications(),
        "medel-2023.csv": _funds(),
        "aterkrav-2023.csv": _recoveries(),
        "enkat-2023.csv": _survey(),
    }


def corrections() -> list[dict[str, object]]:
    """None: the source tells of none, and what is real stands as printed."""
    return []


def _decisions() -> bytes:
    form = load_form("decisions")
    rows = [form.row(recipient_name=row.name, granted_sek=row.granted_sek) for row in annex()]
    granted_sek = sum(row.granted_sek for row in annex())
    total = form.row(recipient_name=form.total_text, granted_sek=granted_sek)
    return workbook_bytes(TITLE, form.headers(), [*rows, total], created=PUBLISHED)


def _usage_report() -> bytes:
    form = load_form("usage_report_2023")
    rows = [
        form.row(
            recipient_name=row.name,
            granted_as_reported_sek=row.granted_sek,
            unused_sek=row.unused_sek,
        )
        for row in annex()
    ]
    return csv_bytes([list(form.headers()), *rows], FORM_TOOL)


def _applications() -> bytes:
    form = load_form("applications")
    real = [form.row(recipient_name=row.name, outcome="approved_wholly_or_partly") for row in annex()]
    return csv_bytes([list(form.headers()), *real, *_refused()], CASE_SYSTEM)


def _refused() -> list[Row]:
    """The applications without a grant, numbered after the real ones, by the last names of the overlay."""
    form, rng, printed = load_form("applications"), stream("applications 2023"), margins(YEAR)["applications"]
    refused_count = printed["received"] - printed["granted"]
    outcomes = [*REFUSALS, *["rejected"] * (refused_count - len(REFUSALS))]
    rng.shuffle(outcomes)
    received = office_moments(rng, date(YEAR, 1, 16), date(YEAR, 2, 24), count=refused_count)
    return [
        form.row(
            case_number=f"EX {YEAR}-{printed['granted'] + number:04d}",
            received_date=moment.date(),
            recipient_name=name,
            applied_sek=rng.randint(60, 900) * 1000,
            outcome=outcome,
        )
        for number, (name, moment, outcome) in enumerate(
            zip(fictitious_names()[-refused_count:], received, outcomes, strict=True), start=1
        )
    ]


def _funds() -> bytes:
    form, printed = load_form("funds"), margins(YEAR)
    rows = [form.row(event=event, amount_sek=amount) for event, amount in printed["funds"].items()]
    return csv_bytes([list(form.headers()), *rows], FORM_TOOL)


def _recoveries() -> bytes:
    form, printed = load_form("recoveries"), margins(YEAR)
    rows = [
        form.row(event="repaid_after_recovery", recipient_name=name, amount_sek=amount)
        for name, amount in printed["repaid_after_recovery"].items()
    ]
    return csv_bytes([list(form.headers()), *rows], FORM_TOOL)


def _survey() -> bytes:
    """One respondent per recipient, in an order that has nothing to do with the annex."""
    form, rng = load_form("survey_2023"), stream("survey 2023")
    uses = [row.funds_use for row in annex()]
    known = {
        **margins(YEAR),
        "funds_use": {use: uses.count(use) for use in form.questions["funds_use"].options},
    }
    people = [f"R{number:03d}" for number in range(1, len(uses) + 1)]
    moments = office_moments(rng, date(2024, 1, 8), date(2024, 1, 31), count=len(people))
    answers = draw_answers(rng, people, form, margins=known)
    rows = [
        form.row(answers_of(person, answers), respondent_id=person, submitted_at=f"{moment:%Y-%m-%d %H:%M}")
        for person, moment in zip(people, moments, strict=True)
    ]
    return csv_bytes([list(form.headers()), *rows], SURVEY_TOOL)
