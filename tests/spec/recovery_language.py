"""The words for what happens to the money of one grant. A line is a day and what was done, as a case officer notes it.

    grant("2023-05-01 återkräver 25 000, avstår 15 000 | nr 9", "2023-05-20 återbetalar 25 000")

Unless it is said otherwise, 100 000 kronor were granted and paid, and 60 000 reported as used and 40 000 as unused.
What stands in one line is of one day and one case. After a bar: nr, ersätter, avser, grund, senast, känd.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.inquiries.drafts import LETTERS
from tests.rows import Record
from tests.spec import rounds
from tests.spec.language import DECISIONS, EVENTS, PROGRAMME, REPORTS, computed

WHO = "Exempelkommun 01"
GRANTED, PAID_OUT, REPORTED = "2022-11-15", "2022-12-01", "2023-02-01"
KINDS = {
    "återkräver": "recovery_decided",
    "avstår": "recovery_waived",
    "återbetalar": "repaid",
    "fakturerar": "invoiced",
    "godtar inte": "use_disallowed",
    "skriver av": "written_off",
    "betalar tillbaka": "refunded",
    "ränta": "interest_charged",
    "avgift": "fee_charged",
    "ändrar beslutet till": "decision_adjusted",
    "betalar ut": "payment",
    "innehåller": "payment_withheld",
    "påminner": "payment_reminded",
    "kommunicerar": "hearing_opened",
}
MARKS = {
    "nr": "event_no",
    "ersätter": "replaces_no",
    "avser": "covers",
    "grund": "ground",
    "senast": "due_date",
    "känd": "recorded_date",
}
COVERS = EVENTS.codes["covers"]
GROUNDS = EVENTS.codes["ground"]
Told = Sequence[tuple[str, int | None]]


@dataclass(frozen=True)
class Outcome:
    """What came of a grant on a day: its account, what there is to do, and what was found."""

    account: dict[str, Any]
    todos: Told
    found: set[str]
    tables: dict[str, list[dict[str, Any]]]

    def __getattr__(self, measure: str) -> Any:
        return self.account[f"{measure}_sek"] if f"{measure}_sek" in self.account else self.account[measure]

    @property
    def demands(self) -> list[int | None]:
        """The amounts that letters ask to be paid."""
        return [amount for todo, amount in self.todos if LETTERS.get(todo) == "reminder_of_payment"]

    @property
    def writes(self) -> bool:
        """Whether any letter is drafted."""
        return any(todo in LETTERS for todo, _ in self.todos)


def grant(  # noqa: PLR0913 - one keyword per fact
    *lines: str,
    as_of: str = "2023-07-01",
    granted: int = 100_000,
    paid: int | None = 100_000,
    used: int | None = 60_000,
    unused: int | None = 40_000,
    reported: str | None = REPORTED,
    due: str | None = None,
    claim: str = "net",
    untold: Iterable[str] = (),
) -> Outcome:
    """What came of one grant by a day.

    Args: paid: None where no source tells of payments. reported: when the report came; None where none did. untold:
    the events that no source of the round can tell of. claim: whether claims are told net or gross.
    """
    decision = {"recipient_name": WHO, "granted_sek": granted, "decided_date": GRANTED, "report_due_date": due}
    report = {
        "recipient_name": WHO,
        "submission_status": "Inlämnad",
        "submitted_at": f"{reported} 12:00",
        "used_sek": used,
        "unused_sek": unused,
    }
    payment = _row("payment", PAID_OUT, paid) if paid else None
    told = [*([payment] if payment else []), *(row for line in lines for row in _rows(line, lines))]
    names = {*untold, *(["payment", "payment_withheld"] if paid is None else [])}
    events = {name: text for name, text in EVENTS.codes["event"].items() if name not in names}
    form = EVENTS.model_copy(update={"codes": {**EVENTS.codes, "event": events}, "claim": claim})
    programme = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, form)
    reports = [report] if reported else []
    tables = computed([decision], reports, told, as_of=as_of, programme=programme)
    [account] = tables["core_account"]
    return Outcome(
        account=account,
        todos=[(row["todo"], row["amount_sek"]) for row in sorted(tables["core_todo"], key=lambda row: row["todo_no"])],
        found={row["rule"] for row in tables["core_finding"]},
        tables=tables,
    )


def _rows(line: str, lines: Sequence[str]) -> Iterator[Record]:
    said, *marks = (part.strip() for part in line.split("|"))
    day, _, acts = said.partition(" ")
    more = dict(map(_mark, marks))
    for act in acts.split(", "):
        if act.startswith("återför "):
            number = act.removeprefix("återför ")
            kind, amount = _numbered(number, lines)
            yield {**_row(kind, day, amount), "reverses_no": number, **more}
        else:
            kind, amount = _act(act)
            yield {**_row(kind, day, amount), **more}


def _row(kind: str, day: str, amount: int | None) -> dict[str, Any]:
    by = {"decided_by": "A. Chef", "reason": "Skäl", "due_date": str(dt.date.fromisoformat(day) + dt.timedelta(30))}
    event = EVENTS.codes["event"][kind]
    return {"recipient_name": WHO, "event": event, "event_date": day, "recorded_date": day, "amount_sek": amount, **by}


def _act(act: str) -> tuple[str, int | None]:
    word = next(word for word in KINDS if act.startswith(word))
    amount = act.removeprefix(word).replace(" ", "")
    return KINDS[word], int(amount) if amount else None


def _numbered(number: str, lines: Iterable[str]) -> tuple[str, int | None]:
    """What the event of a number is; of a number that no line has, a payment."""
    for line in lines:
        said, *marks = (part.strip() for part in line.split("|"))
        _, _, acts = said.partition(" ")
        if f"nr {number}" in marks:
            first = acts.split(", ")[0]
            again = first.startswith("återför ")
            return _numbered(first.removeprefix("återför "), lines) if again else _act(first)
    return "repaid", 1_000


def _mark(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    codes = {"avser": COVERS, "grund": GROUNDS}.get(word)
    return MARKS[word], "; ".join(codes[each] for each in rest.split("+")) if codes else rest
