"""Where a round stands: its verdict and the figures behind it, everything there is to do, who has not reported.

All of it is codes, kronor, counts and days: anybody may read it.
"""

from __future__ import annotations

from schemas.tables.base import (
    CODES,
    WORDS,
    Count,
    Date,
    Flag,
    Kronor,
    RoundTable,
    Text,
    Whole,
    body_code,
    column,
    grant_key,
)
from schemas.words import tasks as words

NO_GRANT = "it is of no grant, or of several"
NOBODY = "known of nobody"


class Task(RoundTable):
    """One thing that somebody has to do in a round, those at most risk first: by whom, by when, about how much."""

    task_no: Whole = column(sv="Ordning", en="Order, those at most risk first", key=True, ge=1)
    kind: Text = column(sv="Kommer av", en="What it comes of", one_of=words.TASK_KINDS)
    task: Text = column(sv="Att göra", en="To do", one_of=words.TASKS)
    owner: Text = column(sv="Görs av", en="Who does it: a role", one_of=words.OWNERS)
    about: Text = column(
        sv="Gäller",
        en="What it is about: a case's matter, an event, a result of the books, a kind of row",
        null="the rule or the thing to do says it",
        characters=WORDS,
    )
    rule: Text = column(sv="Regel", en="Rule that says why", null="no rule does", characters=WORDS)
    recipient_code: Text = body_code(null="it is about no recipient, or about several")
    grant_id: Text = grant_key(null=NO_GRANT)
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NO_GRANT, characters=CODES)
    thing_count: Whole = column(sv="Antal", en="Grants, rows or findings that it is about", ge=1)
    since_date: Date = column(sv="Sedan", en="Since", null="that day is not known")
    due_date: Date = column(sv="Senast", en="By", null="no day is set")
    is_overdue: Flag = column(sv="Försenat", en="That day has passed")
    at_stake_sek: Kronor = column(
        sv="Belopp i fråga",
        en="Kronor that it is about",
        null="not known, or not about money",
        ge=0,
        overlaps="several things to do may be about the same money",
    )
    is_at_most: Flag = column(sv="Högst", en="At most: not known how much of them is still at stake")
    unknown_count: Whole = column(sv="Okänt belopp för", en="Of so many the amount is not known", ge=0)

    class Config:
        """Name and label."""

        name = "core_task"
        title = "Allt som är att göra"


class NotReported(RoundTable):
    """One grant without a report that counts, though it is due or nobody can tell whether it is."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    case_number: Text = column(sv="Diarienummer", en="Case number", null="none is told", characters=CODES)
    outcome: Text = column(sv="Varför", en="Why", one_of=words.NOT_REPORTED)
    report_due_date: Date = column(sv="Redovisas senast", en="Report due", null="no decision says")
    days_late_count: Whole = column(
        sv="Dagar efter den dagen", en="Days after that day", null="the day is not known", ge=0
    )
    granted_sek: Kronor = column(sv="Beviljat", en="Granted", null="no decision", ge=0)

    class Config:
        """Name and label."""

        name = "core_not_reported"
        title = "Har inte återrapporterat"


class Standing(RoundTable):
    """Whether the round is all right, how much is left to do, how many kronor are at stake, how many not known."""

    verdict: Text = column(sv="Omdöme", en="Verdict", one_of=words.VERDICTS)
    task_count: Count = column(sv="Att göra", en="Things to do", ge=0)
    waiting_count: Count = column(sv="Varav hos mottagaren", en="Of which the recipient's", ge=0)
    overdue_count: Count = column(sv="Försenat", en="Overdue", ge=0)
    overdue_sek: Kronor = column(sv="Försenat belopp", en="Kronor that what is overdue is about", null=NOBODY, ge=0)
    at_stake_sek: Kronor = column(
        sv="Står på spel",
        en="At stake: paid, and neither shown to be rightly used nor come back nor given up",
        null=NOBODY,
        ge=0,
    )
    not_known_sek: Kronor = column(sv="Varav inte känt", en="Of which not known whether it still is", ge=0)
    unknown_count: Count = column(sv="Okänt för så många bidrag", en="Grants of which no amount is known", ge=0)
    repayable_sek: Kronor = column(sv="Att återbetala", en="Repayable", null=NOBODY, ge=0)
    repayable_unknown_count: Count = column(
        sv="Att återbetala är okänt för", en="Grants of which it is not known what is repayable", ge=0
    )
    outstanding_sek: Kronor = column(sv="Utestående", en="Outstanding", null=NOBODY, ge=0)
    outstanding_unknown_count: Count = column(
        sv="Utestående är okänt för", en="Grants of which it is not known what is outstanding", ge=0
    )
    books_differ_sek: Kronor = column(sv="Bokföringen skiljer sig med", en="Material differences of the books", ge=0)
    set_aside_count: Count = column(sv="Rader lagda åt sidan", en="Rows set aside", ge=0)
    not_reported_count: Count = column(sv="Har inte återrapporterat", en="Have not reported", ge=0)
    report_not_known_count: Count = column(
        sv="Okänt om de har återrapporterat", en="Not known whether they have reported", ge=0
    )

    class Config:
        """Name and label."""

        name = "out_standing"
        title = "Omgångens läge"
