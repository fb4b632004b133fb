"""The round of 2022: recipients, dates, case numbers and answers are invented, and fit the printed totals."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tests.sample.books_2022 import bookings_of
from tests.sample.draws import answers_of, draw_answers, office_moments, share_out, stream
from tests.sample.events_2022 import events_of
from tests.sample.files import NO_BREAK_SPACE, CsvLook, csv_bytes, grouped, workbook_bytes
from tests.sample.forms import Choice, Form, Row, load_form
from tests.sample.inputs import fictitious_names, margins

YEAR = 2022
TITLE = (f"Statsbidrag {YEAR}", "Utdrag ur ärendesystemet", "")
EXPORTED = date(2023, 3, 1)
DECISION_MAKER = "Handläggare Exempel"
REPORT_DUE = date(2023, 2, 15)
LATE = datetime.fromisoformat("2023-02-20 09:12")
EARLIER = datetime.fromisoformat("2023-01-10 14:05")
TESTED = datetime.fromisoformat("2023-01-04 10:30")
SUBMITTED, TEST = "submitted", "test"
REFUSALS = ("dismissed", "withdrawn")
"""Invented: how the applications without a grant ended, where not by rejection."""

EXAMPLE_GRANT_SEK = 103_589
"""The amount that this form's layout was described with; not a printed grant."""

WITH_UNUSED_COUNT = 4
"""Invented: how many recipients share the printed unused amount."""

FIRST_SUBMISSION_ID = 40101

REINTERPRETED = "Mottagaren svarade att den inte samverkat, men beskrev aktiviteter som tolkas som samverkan."
"""Footnote 9 of the source, in words of our own."""

FORM_TOOL = CsvLook(",", "utf-8-sig", amount=lambda amount: f"{grouped(amount, ' ')} kr")
CASE_SYSTEM = CsvLook(";", "utf-8")
ACCOUNTS = CsvLook(";", "cp1252", amount=lambda amount: grouped(amount, NO_BREAK_SPACE))


@dataclass(frozen=True)
class Recipient:
    """One fictitious recipient; used = granted - unused, and salary is a part of used."""

    name: str
    case_number: str
    granted_sek: int
    unused_sek: int
    salary_sek: int

    @property
    def used_sek(self) -> int:
        """What it reports as used, so that used + unused = granted."""
        return self.granted_sek - self.unused_sek


@dataclass(frozen=True)
class Submission:
    """One row of the form tool's export."""

    submitted_at: datetime
    status: str
    recipient: Recipient
    answers: Mapping[str, Choice]


def files() -> dict[str, bytes]:
    """File name -> content of every export of the round."""
    recipients = _recipients()
    return {
        "beslut-2022.xlsx": _decisions(recipients),
        "aterrapport-2022.csv": _usage_report(recipients),
        "ansokningar-2022.csv": _applications(recipients),
        "medel-2022.csv": _funds(),
        "bokforing-2022.csv": csv_bytes(bookings_of(recipients), ACCOUNTS),
        "handelser-2022.csv": csv_bytes(events_of(recipients), ACCOUNTS),
    }


def corrections() -> list[dict[str, object]]:
    """The one that the source tells of, of the answer that came last."""
    form = load_form("usage_report_2022")
    asked = form.questions["cooperation"]
    number, last = list(enumerate(_submissions(_recipients(), form), FIRST_SUBMISSION_ID))[-1]
    return [
        {
            "file": "aterrapport-2022.csv",
            "key": {"column": form.fields["submission_id"], "value": str(number)},
            "column": asked.header,
            "old": asked.none_of_them,
            "new": asked.cells(last.answers["cooperation"])[0],
            "reason": REINTERPRETED,
            "by": DECISION_MAKER,
            "date": EXPORTED,
            "status": "applied",
        }
    ]


def _recipients() -> list[Recipient]:
    """As many as were granted, with amounts that sum to the printed totals."""
    rng, printed = stream("amounts 2022"), margins(YEAR)
    count = printed["applications"]["granted"]
    granted = _granted(rng, printed["grants"]["granted_sek"], count)
    unused = _unused(rng, printed["grants"]["unused_sek"], count)
    used = [grant - rest for grant, rest in zip(granted, unused, strict=True)]
    salary = _salary(rng, used, printed["salary"]["percent"])
    return [
        Recipient(name, _case_number(number), *amounts)
        for number, (name, *amounts) in enumerate(
            zip(fictitious_names()[:count], granted, unused, salary, strict=True), start=1
        )
    ]


def _granted(rng: random.Random, total: int, count: int) -> list[int]:
    others = share_out(total - EXAMPLE_GRANT_SEK, [rng.randint(4_000, 12_000) for _ in range(count - 1)])
    amounts = [EXAMPLE_GRANT_SEK, *others]
    rng.shuffle(amounts)
    return amounts


def _unused(rng: random.Random, total: int, count: int) -> list[int]:
    """A few with comparable parts, the largest smaller than the smallest grant."""
    amounts = share_out(total, [rng.randint(1_000, 3_000) for _ in range(WITH_UNUSED_COUNT)])
    amounts += [0] * (count - WITH_UNUSED_COUNT)
    rng.shuffle(amounts)
    return amounts


def _salary(rng: random.Random, used: list[int], percent: int) -> list[int]:
    """The printed share in total, rounded down to a krona; the other costs differ between recipients."""
    other_total = sum(used) - sum(used) * percent // 100
    other = share_out(other_total, [amount * rng.randint(5, 15) for amount in used])
    return [amount - rest for amount, rest in zip(used, other, strict=True)]


def _case_number(number: int) -> str:
    return f"EX {YEAR}-{number:04d}"


def _decisions(recipients: list[Recipient]) -> bytes:
    form, rng = load_form("decisions"), stream("decisions 2022")
    decided = office_moments(rng, date(YEAR, 10, 3), date(YEAR, 10, 28), count=len(recipients))
    rows = [
        form.row(
            case_number=recipient.case_number,
            decided_date=moment.date(),
            decision_maker=DECISION_MAKER,
            recipient_name=recipient.name,
            granted_sek=recipient.granted_sek,
            report_due_date=REPORT_DUE,
        )
        for recipient, moment in zip(recipients, decided, strict=True)
    ]
    granted_sek = sum(recipient.granted_sek for recipient in recipients)
    total = form.row(recipient_name=form.total_text, granted_sek=granted_sek)
    return workbook_bytes(TITLE, form.headers(), [*rows, total], created=EXPORTED)


def _usage_report(recipients: list[Recipient]) -> bytes:
    form = load_form("usage_report_2022")
    submissions = _submissions(recipients, form)
    rows = [_report_row(form, number, submission) for number, submission in enumerate(submissions, FIRST_SUBMISSION_ID)]
    asked = form.questions["cooperation"]
    rows[-1][form.headers().index(asked.header)] = asked.none_of_them
    return csv_bytes([list(form.headers()), *rows], FORM_TOOL)


def _submissions(recipients: list[Recipient], form: Form) -> list[Submission]:
    """In the order that they were sent; the last is one that counts."""
    valid = _valid_submissions(stream("usage report 2022"), recipients, form)
    submissions = [*valid, _earlier_version(valid, form), _test_submission(recipients[0], form)]
    return sorted(submissions, key=lambda submission: submission.submitted_at)


def _valid_submissions(rng: random.Random, recipients: list[Recipient], form: Form) -> list[Submission]:
    """One each, in time but for the last recipient's."""
    answers = draw_answers(rng, [recipient.name for recipient in recipients], form, margins=margins(YEAR))
    moments = office_moments(rng, date(2023, 1, 16), REPORT_DUE, count=len(recipients) - 1)
    rng.shuffle(moments)
    return [
        Submission(moment, SUBMITTED, recipient, answers_of(recipient.name, answers))
        for recipient, moment in zip(recipients, [*moments, LATE], strict=True)
    ]


def _earlier_version(valid: list[Submission], form: Form) -> Submission:
    """What the first recipient with money left had sent before: all of it used, and other answers."""
    later = next(submission for submission in valid if submission.recipient.unused_sek)
    spent = replace(later.recipient, unused_sek=0, salary_sek=later.recipient.granted_sek)
    answers = {
        name: {next(option for option in question.options if option not in later.answers[name])}
        for name, question in form.questions.items()
    }
    return Submission(EARLIER, SUBMITTED, spent, answers)


def _test_submission(recipient: Recipient, form: Form) -> Submission:
    """The agency trying its form before it opens, with the first name of its list and nonsense amounts."""
    nonsense = Recipient(recipient.name, _case_number(0), 1_234_567, 1_111_111, 1)
    answers = {name: set(question.options) for name, question in form.questions.items() if question.layout == "joined"}
    return Submission(TESTED, TEST, nonsense, answers)


def _report_row(form: Form, number: int, submission: Submission) -> Row:
    recipient = submission.recipient
    return form.row(
        submission.answers,
        submission_id=str(number),
        submission_status=submission.status,
        submitted_at=f"{submission.submitted_at:%Y-%m-%d %H:%M}",
        recipient_name=recipient.name,
        case_number=recipient.case_number,
        granted_as_reported_sek=recipient.granted_sek,
        used_sek=recipient.used_sek,
        salary_sek=recipient.salary_sek,
        unused_sek=recipient.unused_sek,
    )


def _applications(recipients: list[Recipient]) -> bytes:
    """Those with a grant first, as they are numbered, then those without."""
    form, rng = load_form("applications"), stream("applications 2022")
    cases = [*_granted_applications(rng, recipients), *_refused_applications(rng)]
    received = office_moments(rng, date(YEAR, 8, 15), date(YEAR, 9, 16), count=len(cases))
    rows = [
        form.row(
            case_number=_case_number(number),
            received_date=moment.date(),
            recipient_name=name,
            applied_sek=applied_sek,
            outcome=outcome,
        )
        for number, ((name, applied_sek, outcome), moment) in enumerate(zip(cases, received, strict=True), start=1)
    ]
    return csv_bytes([list(form.headers()), *rows], CASE_SYSTEM)


def _granted_applications(rng: random.Random, recipients: list[Recipient]) -> Iterator[tuple[str, int, str]]:
    for recipient in recipients:
        cut_sek = rng.choice([0, rng.randint(5, 60) * 1000])
        outcome = "partly_approved" if cut_sek else "approved"
        yield recipient.name, recipient.granted_sek + cut_sek, outcome


def _refused_applications(rng: random.Random) -> Iterator[tuple[str, int, str]]:
    printed = margins(YEAR)["applications"]
    names = fictitious_names()[printed["granted"] : printed["received"]]
    outcomes = [*REFUSALS, *["rejected"] * (len(names) - len(REFUSALS))]
    rng.shuffle(outcomes)
    for name, outcome in zip(names, outcomes, strict=True):
        yield name, rng.randint(40, 300) * 1000, outcome


def _funds() -> bytes:
    form = load_form("funds")
    rows = [form.row(event=event, amount_sek=amount) for event, amount in margins(YEAR)["funds"].items()]
    return csv_bytes([list(form.headers()), *rows], ACCOUNTS)
