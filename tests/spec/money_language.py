"""The words for what happens to money after the decision. A line is an event as a case officer would note it.

    events("Exempelkommun 01 | 2024-03-01 | Kommunicering | senast 2024-03-22",
           "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 184 363 kr | av A. Chef | skäl: Medel är kvar")
    cases(decisions(...), reports(...), events(...), as_of="2024-05-01")     each recipient's case, by name

All recipients are fictitious. What is granted counts as paid out: no source of the round tells of payments.
"""

from typing import Any

from tests.rows import Record
from tests.spec import rounds
from tests.spec.language import DECISIONS, EVENTS, PROGRAMME, REPORTS, Rows, computed, name_of

OF_PAYMENTS = ("payment", "payment_withheld")
WITHOUT_PAYMENTS = EVENTS.model_copy(
    update={"codes": {"event": {name: text for name, text in EVENTS.codes["event"].items() if name not in OF_PAYMENTS}}}
)
UNPAID = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, WITHOUT_PAYMENTS)


def events(*lines: str) -> Rows:
    """Events of cases, as they were noted. A line: who | when | what | how much | by when ..."""
    return [_event(line) for line in lines]


def _event(line: str) -> Record:
    name, happened, what, *more = (part.strip() for part in line.split("|"))
    dates = {"event_date": happened, "recorded_date": happened}
    return {"recipient_name": name, "event": what, **dates, **dict(map(_part, more))}


def _part(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    match word:
        case "senast":
            return "due_date", rest
        case "av":
            return "decided_by", rest
        case "skäl:":
            return "reason", rest
        case "nr":
            return "event_no", rest
        case "återför":
            return "reverses_no", rest
        case _:
            return "amount_sek", text


def late(reported: Rows, came: str) -> Rows:
    """The reports, come in on a day after their last."""
    return [{**row, "submitted_at": came} for row in reported]


def cases(
    granted: Rows, reported: Rows = (), told: Rows = (), *, as_of: str, reported_on: str | None = None
) -> dict[str, dict[str, Any]]:
    """Each recipient's case as it stood on a day, by its name, with what there is `todo` and the candidate `grounds`.

    reported_on: the day that every report came in; not known if it is not said.
    """
    came = late(reported, reported_on) if reported_on else reported
    made = computed(granted, came, told, as_of=as_of, programme=UNPAID)
    todos = {row["recipient_code"]: row["todo"] for row in made["core_todo"]}
    grounds = made["core_candidate_ground"]
    return {
        name_of(case["recipient_code"]): case
        | {"todo": todos.get(case["recipient_code"])}
        | {"grounds": [each for each in grounds if each["recipient_code"] == case["recipient_code"]]}
        for case in made["core_recovery_case"]
    }


def proposes(amount: int | None, *, candidate_grounds: list[str]) -> dict[str, object]:
    """What a case puts before an official: how much it is about, and the grounds that may hold."""
    return {"amount_sek": amount, "candidate_grounds": candidate_grounds}


def proposed(case: dict[str, Any]) -> dict[str, object]:
    """What the case does put before an official."""
    return proposes(
        case["amount_at_issue_sek"], candidate_grounds=sorted({each["provision"] for each in case["grounds"]})
    )
