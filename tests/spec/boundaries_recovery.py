"""Both sides of every rule about decisions: on recovery, and on how much is granted.

Of each grant 100 000 was granted and paid; on 1 February 60 000 was reported as used, and 40 000 as not used.
"""

from collections.abc import Callable
from typing import Any

from tests.spec.arrivals import Found
from tests.spec.boundaries import Boundary
from tests.spec.computations import rows_of
from tests.spec.recovery_language import grant

CLAIMED = "2023-05-01 återkräver"


def decided(*lines: str, **more: Any) -> Callable[[], Found]:
    """What is found in the decisions on recovery of one grant."""
    return _found_in("core_recovery_decision", *lines, **more)


def _found_in(name: str, *lines: str, **more: Any) -> Callable[[], Found]:
    return rows_of(name, *grant(*lines, **more).tables[name])


BOUNDARIES = [
    Boundary(
        "claims_of_one_day",  # what is alike is one
        holds=decided(f"{CLAIMED} 30 000", f"{CLAIMED} 30 000"),
        breaks=decided(f"{CLAIMED} 30 000", f"{CLAIMED} 30 001"),
    ),
    Boundary(
        "claims_of_one_day",  # the number tells which came last
        holds=decided(f"{CLAIMED} 30 000 | nr 1", f"{CLAIMED} 30 001 | nr 2"),
        breaks=decided(f"{CLAIMED} 30 000 | nr 1", f"{CLAIMED} 30 001"),
    ),
    Boundary(
        "claims_of_one_day",  # claims of different money stand beside each other
        holds=decided(f"{CLAIMED} 30 000 | avser unused", f"{CLAIMED} 20 000 | avser use"),
        breaks=decided(f"{CLAIMED} 30 000 | avser unused", f"{CLAIMED} 20 000 | avser unused"),
    ),
    Boundary(
        "claims_without_ground",  # the same ground replaces
        holds=decided(f"{CLAIMED} 30 000 | grund unused", "2023-05-15 återkräver 20 000 | grund unused"),
        breaks=decided(f"{CLAIMED} 30 000 | grund unused", "2023-05-15 återkräver 20 000"),
    ),
    Boundary(
        "claims_without_ground",  # another ground stands beside
        holds=decided(f"{CLAIMED} 20 000 | grund unused", "2023-05-15 återkräver 20 000 | grund no_report"),
        breaks=decided(f"{CLAIMED} 20 000", "2023-05-15 återkräver 20 000"),
    ),
    Boundary(
        "claim_replaces_nothing",
        holds=decided(f"{CLAIMED} 40 000 | nr 1", "2023-05-15 återkräver 30 000 | nr 2 | ersätter 1"),
        breaks=decided(f"{CLAIMED} 40 000 | nr 1", "2023-05-15 återkräver 30 000 | nr 2 | ersätter 3"),
    ),
    Boundary(
        "claim_above_paid",
        holds=decided(f"{CLAIMED} 100 000", reported=None),
        breaks=decided(f"{CLAIMED} 100 001", reported=None),
    ),
    Boundary(
        "claim_above_paid",  # with what is waived in it
        holds=decided(f"{CLAIMED} 60 000, avstår 40 000", reported=None),
        breaks=decided(f"{CLAIMED} 60 000, avstår 40 001", reported=None),
    ),
    Boundary(
        "claim_above_cover",
        holds=decided(f"{CLAIMED} 40 000 | avser unused"),
        breaks=decided(f"{CLAIMED} 40 001 | avser unused"),
    ),
    Boundary(
        "claim_above_cover",
        holds=decided(f"{CLAIMED} 60 000 | avser use"),
        breaks=decided(f"{CLAIMED} 60 001 | avser use", granted=200_000, paid=200_000, unused=140_000),
    ),
    Boundary(
        "refunded_above_received",
        holds=_found_in("core_account", "2023-04-01 återbetalar 5 000", "2023-05-01 betalar tillbaka 5 000"),
        breaks=_found_in("core_account", "2023-04-01 återbetalar 5 000", "2023-05-01 betalar tillbaka 5 001"),
    ),
    Boundary(
        "report_after_claim",
        holds=decided("2023-02-01 återkräver 40 000"),
        breaks=decided("2023-01-31 återkräver 40 000"),
    ),
    Boundary("claim_reaches_use", holds=decided(f"{CLAIMED} 40 000"), breaks=decided(f"{CLAIMED} 40 001")),
    Boundary(
        "claim_cover_not_told",
        holds=decided(f"{CLAIMED} 40 000 | avser unused", untold=["repaid"]),
        breaks=decided(f"{CLAIMED} 40 000", untold=["repaid"]),
    ),
    Boundary(
        "waiver_above_left",
        holds=decided("2023-05-01 avstår 40 000"),
        breaks=decided("2023-05-01 avstår 40 001"),
    ),
    Boundary(
        "money_before_decision",
        holds=_found_in("core_event", "2022-11-15 betalar ut 1"),
        breaks=_found_in("core_event", "2022-11-14 betalar ut 1"),
    ),
    Boundary(
        "payment_on_the_day_of_the_claim",
        holds=_found_in("core_case_event", f"{CLAIMED} 40 000", "2023-05-02 återbetalar 40 000"),
        breaks=_found_in("core_case_event", f"{CLAIMED} 40 000", "2023-05-01 återbetalar 40 000"),
    ),
    Boundary(
        "decisions_of_one_day",
        holds=_found_in("core_account", *["2022-12-15 ändrar beslutet till 100 001"] * 2),
        breaks=_found_in("core_account", *(f"2022-12-15 ändrar beslutet till {sek}" for sek in ("100 001", "100 002"))),
    ),
]
