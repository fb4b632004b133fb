"""Both sides of every rule about recovery cases: what must come before what."""

from collections.abc import Callable

from tests.spec.arrivals import Found
from tests.spec.boundaries import Boundary
from tests.spec.computations import rows_of
from tests.spec.language import computed
from tests.spec.money_language import events

DECISION = "Exempelkommun 01 | {} | Beslut om återkrav | 184 363 kr | av A. Chef | skäl: Medel är kvar"
INVOICE = "Exempelkommun 01 | {} | Faktura | 184 363 kr | senast 2024-04-10"
NOTICE = "Exempelkommun 01 | 2024-02-01 | Kommunicering | senast 2024-03-09"
REPLY = "Exempelkommun 01 | {} | Svar på kommunicering"


def noted(*lines: str) -> Callable[[], Found]:
    """What is found in the events of one case."""
    return rows_of("core_case_event", *computed((), told=events(*lines))["core_case_event"])


def asked(what: str, before: str) -> Boundary:
    """An event that needs a recovery decision, or an invoice, no later than itself."""
    later = f"Exempelkommun 01 | 2024-03-10 | {what} | 5 kr | senast 2024-04-10 | av A. Chef | skäl: Särskilda skäl"
    return Boundary(
        "asked_without_ground",
        holds=noted(before.format("2024-03-10"), later),
        breaks=noted(before.format("2024-03-11"), later),
    )


BOUNDARIES = [
    *(asked(what, before) for what in ("Avskrivning", "Betalningspåminnelse") for before in (DECISION, INVOICE)),
    Boundary(
        "hearing_without_notice",
        holds=noted(NOTICE, REPLY.format("2024-02-01")),
        breaks=noted(NOTICE, REPLY.format("2024-01-31")),
    ),
    Boundary(
        "hearing_cut_short",  # who may reply through the ninth is not decided against that day
        holds=noted(NOTICE, DECISION.format("2024-03-10")),
        breaks=noted(NOTICE, DECISION.format("2024-03-09")),
    ),
    Boundary(
        "hearing_cut_short",  # a reply that has come is not waited for
        holds=noted(NOTICE, REPLY.format("2024-03-09"), DECISION.format("2024-03-09")),
        breaks=noted(NOTICE, DECISION.format("2024-03-09"), REPLY.format("2024-03-10")),
    ),
    Boundary(
        "hearing_cut_short",  # a reply to an earlier notice is none to the later
        holds=noted(
            "Exempelkommun 01 | 2024-01-31 | Begäran om komplettering | senast 2024-02-15",
            DECISION.format("2024-03-09"),
        ),
        breaks=noted(
            "Exempelkommun 01 | 2024-01-10 | Kommunicering | senast 2024-01-31",
            REPLY.format("2024-01-31"),
            NOTICE,
            DECISION.format("2024-03-09"),
        ),
    ),
]
