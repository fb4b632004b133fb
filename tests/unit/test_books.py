"""A row of the comparison with the books says of both sides what they are, and stands where the booking does."""

import datetime as dt

from assets.domain.grant.books import Match, Side, records_of
from tests.grants import source

ENTRY = Side("e1", "repaid", "EX 1", "9901", "EX 1", dt.date(2023, 2, 10), 500, source(2))
BOOKING = Side(
    "b1", "repaid", "EX 1", None, None, dt.date(2023, 2, 12), 490, source(7, "real"), account_no="7000", voucher_no="V1"
)


def test_a_pair_has_the_ids_the_recipient_and_the_amounts_of_both_and_stands_where_the_booking_does():
    [row] = records_of([Match(ENTRY, BOOKING, "amount", is_material=True)])
    told = {
        "match_id": "e1",
        "result": "amount",
        "event": "repaid",
        "recipient_code": "9901",
        "grant_id": "EX 1",
        "case_number": "EX 1",
        "entry_id": "e1",
        "booking_id": "b1",
        "account_no": "7000",
        "voucher_no": "V1",
        "difference_sek": -10,
        "is_material": True,
        "source_row": 7,
        "provenance": "mixed",
    }
    assert {name: row[name] for name in told} == told


def test_an_orphan_has_one_side_and_nothing_of_the_other():
    [entry, booking] = records_of(
        [Match(ENTRY, None, "missing_in_books", is_material=True), Match(None, BOOKING, "amount", is_material=True)]
    )
    assert (entry["entry_id"], entry["booking_id"], entry["account_no"], entry["source_row"]) == ("e1", None, None, 2)
    assert (booking["entry_id"], booking["booking_id"], booking["recipient_code"]) == (None, "b1", None)
    assert (booking["match_id"], booking["source_row"], booking["provenance"]) == ("b1", 7, "real")
