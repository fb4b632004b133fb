"""Both sides of every rule about money: what events tell, and what the accounts made of them come to."""

from collections.abc import Callable
from typing import Any

from tests.rows import Record
from tests.spec.arrivals import Found, row_of_form
from tests.spec.boundaries import Boundary
from tests.spec.computations import row_of, rows_of
from tests.spec.language import PROGRAMME
from tests.spec.rounds import day

EVENTS = PROGRAMME.forms["events"]
WAIVED = {"event": "Efterskänkt återkrav", "amount_sek": "5", "decided_by": "A. Chef", "reason": "Särskilda skäl"}


def event(**cells: str) -> Callable[[], Found]:
    """What is found in one event of Exempelkommun 01; all exports of the specification are of 2024-01-01."""
    return row_of_form(EVENTS, recipient_name="Exempelkommun 01", **cells)


RECEIVED = [
    Boundary(
        "event_incomplete",  # a waiver takes a reason
        holds=event(**WAIVED),
        breaks=event(**{name: text for name, text in WAIVED.items() if name != "reason"}),
    ),
    Boundary(
        "event_incomplete",  # a hearing has a last day for its answer
        holds=event(event="Kommunicering", due_date="2024-02-01"),
        breaks=event(event="Kommunicering"),
    ),
    Boundary(
        "event_in_the_future",
        holds=event(event="Utbetalning", amount_sek="5", event_date="2023-11-15", recorded_date="2023-11-15"),
        breaks=event(event="Utbetalning", amount_sek="5", event_date="2023-11-16", recorded_date="2023-11-15"),
    ),
    Boundary(
        "event_in_the_future",  # without a day of its own it became known with its file
        holds=event(event="Utbetalning", amount_sek="5", event_date="2024-01-01"),
        breaks=event(event="Utbetalning", amount_sek="5", event_date="2024-01-02"),
    ),
    Boundary(
        "day_impossible",  # recorded after the day of the file that tells of it
        holds=event(event="Utbetalning", amount_sek="5", event_date="2023-11-15", recorded_date="2024-01-01"),
        breaks=event(event="Utbetalning", amount_sek="5", event_date="2023-11-15", recorded_date="2024-01-02"),
    ),
    Boundary(
        "adjustment_reversed",
        holds=event(event="Utbetalning", amount_sek="5", reverses_no="H001"),
        breaks=event(event="Ändrat beslut", amount_sek="5", reverses_no="H001"),
    ),
]


def numbered(*numbers: tuple[str | None, str | None], second: str = "9901") -> list[Record]:
    """Payments of one krona each: the number of the event, and of the one it reverses; `second` has the second one."""
    whose = ["9901", second, *["9901"] * len(numbers)]
    return [
        {"recipient_code": code, "grant_id": f"{code}-1", "event": "payment", "amount_sek": 1, "event_no": own}
        | {"reverses_no": other}
        for code, (own, other) in zip(whose, numbers, strict=False)
    ]


def costs(**days: str) -> Callable[[], Found]:
    """What is found in a report with first and last cost, in a round of the second half of 2022."""
    period = {"cost_period_start_date": day("2022-07-07"), "cost_period_end_date": day("2022-12-31")}
    reported = {f"{name}_cost_date": day(text) for name, text in days.items()}
    whole: dict[str, Any] = {"granted_sek": 5, "used_sek": 5, "unused_sek": 0}
    return row_of(
        "core_reconciliation",
        recipient_code="9901",
        amount_doubt="none",
        outcome="all_used",
        **whole,
        **period,
        **reported,
    )


def money(**amounts: int) -> Callable[[], Found]:
    """What is found in one account."""
    return row_of("core_account", recipient_code="9901", **{f"{name}_sek": amount for name, amount in amounts.items()})


COMPUTED = [
    Boundary(
        "reversal_of_nothing",
        holds=rows_of("core_event", *numbered(("H001", None), ("H002", "H001"))),
        breaks=rows_of("core_event", *numbered(("H001", None), ("H002", "H003"))),
    ),
    Boundary(
        "reversal_of_anothers",
        holds=rows_of("core_event", *numbered(("H001", None), ("H002", "H001"))),
        breaks=rows_of("core_event", *numbered(("H001", None), ("H002", "H001"), second="9902")),
    ),
    Boundary(
        "event_numbered_twice",
        holds=rows_of("core_event", *numbered(("H001", None), ("H002", None), (None, None), (None, None))),
        breaks=rows_of("core_event", *numbered(("H001", None), ("H001", None))),
        times=2,
    ),
    Boundary("cost_before_period", holds=costs(first="2022-07-07"), breaks=costs(first="2022-07-06")),
    Boundary("cost_after_period", holds=costs(last="2022-12-31"), breaks=costs(last="2023-01-01")),
    Boundary(
        "repaid_above_owed",  # of 184 363, 100 000 waived and 84 363 received; then a krona more
        holds=money(repayable=184_363, received=84_363, waived=100_000, overpaid=0),
        breaks=money(repayable=184_363, received=84_364, waived=100_000, overpaid=1),
    ),
    Boundary(
        "disallowed_above_used",
        holds=money(used=110_191, disallowed=110_191),
        breaks=money(used=110_191, disallowed=110_192),
    ),
    Boundary(
        "paid_above_granted",
        holds=money(granted=700_000, paid=700_000),
        breaks=money(granted=700_000, paid=700_001),
    ),
    Boundary(
        "use_does_not_add_up",  # 515 637 used of which 110 191 was not accepted: 405 446 and 294 554
        holds=money(paid=700_000, accepted_use=405_446, repayable=294_554, unaccounted=0, to_pay_out=0),
        breaks=money(paid=700_000, accepted_use=405_446, repayable=294_553, unaccounted=0, to_pay_out=0),
    ),
    Boundary(
        "use_does_not_add_up",  # less was paid than was used, and a part is not accounted for
        holds=money(paid=100, accepted_use=110, repayable=0, unaccounted=5, to_pay_out=15),
        breaks=money(paid=100, accepted_use=110, repayable=0, unaccounted=5, to_pay_out=14),
    ),
    Boundary(
        "repayment_does_not_add_up",
        holds=money(repayable=10, received=1, waived=2, written_off=3, outstanding=4, overpaid=0),
        breaks=money(repayable=10, received=1, waived=2, written_off=3, outstanding=5, overpaid=0),
    ),
    Boundary(
        "outstanding_does_not_add_up",
        holds=money(outstanding=10, claim_left=4, notified=1, undecided=5),
        breaks=money(outstanding=10, claim_left=4, notified=1, undecided=6),
    ),
]

BOUNDARIES = [*RECEIVED, *COMPUTED]
