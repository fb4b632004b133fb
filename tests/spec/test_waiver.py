"""The agency may waive a claim, wholly or in part, for special reasons; what is waived is neither owed nor repaid.

SFS 2022:1416, 11 §.
"""

from typing import Any

from tests.spec.language import decisions, reports
from tests.spec.money_language import cases, events

GRANTED = decisions("Exempelkommun 01: 700 000", due="2024-02-01")
REPORTED = reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")
DECISION = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 184 363 kr | av A. Chef | skäl: Medel är kvar"


def waived(amount: str, *more: str, as_of: str = "2024-04-10") -> dict[str, Any]:
    """The case after a waiver of so much."""
    waiver = f"Exempelkommun 01 | 2024-04-10 | Efterskänkt återkrav | {amount} | av B. Chef | skäl: Särskilda skäl"
    return cases(GRANTED, REPORTED, events(DECISION, waiver, *more), as_of=as_of)["Exempelkommun 01"]


def test_a_claim_that_is_waived_wholly_is_waived_and_nothing_is_left():
    case = waived("184 363 kr")
    assert (case["state"], case["todo"], case["outstanding_sek"]) == ("waived", None, 0)
    assert (case["decided_by"], case["reason"]) == ("B. Chef", "Särskilda skäl")


def test_a_claim_that_is_waived_but_for_a_krona_is_waived_in_part():
    case = waived("184 362 kr")
    assert (case["state"], case["todo"], case["outstanding_sek"]) == ("waived_in_part", "send_invoice", 1)


def test_what_is_to_be_repaid_is_received_waived_written_off_and_outstanding():
    case = waived("100 000 kr", "Exempelkommun 01 | 2024-04-20 | Återbetalning | 4 363 kr", as_of="2024-04-20")
    parts = ("received_sek", "waived_sek", "written_off_sek", "outstanding_sek")
    assert [case[part] for part in parts] == [4_363, 100_000, 0, 184_363 - 4_363 - 100_000]
    assert case["repayable_sek"] == sum(case[part] for part in parts)


def test_the_rest_that_is_paid_ends_the_case():
    case = waived("100 000 kr", "Exempelkommun 01 | 2024-04-20 | Återbetalning | 84 363 kr", as_of="2024-04-20")
    assert (case["outstanding_sek"], case["todo"]) == (0, None)
    assert case["state"] == "paid"


def test_before_the_waiver_the_whole_claim_stands():
    case = waived("184 363 kr", as_of="2024-04-09")
    assert (case["state"], case["outstanding_sek"]) == ("recovered", 184_363)


def test_a_claim_that_is_written_off_is_closed_when_nothing_is_left_of_it():
    invoice = "Exempelkommun 01 | 2024-04-03 | Faktura | 184 363 kr | senast 2024-05-03"
    for amount, state in (("184 362 kr", "overdue"), ("184 363 kr", "closed")):
        loss = f"Exempelkommun 01 | 2024-05-20 | Avskrivning | {amount} | av B. Chef | skäl: Går inte att driva in"
        told = events(DECISION, invoice, loss)
        assert cases(GRANTED, REPORTED, told, as_of="2024-05-20")["Exempelkommun 01"]["state"] == state
