"""What is made up stays marked in the revision table, whatever else was recorded on the same day."""

from assets.domain.vintages import revisions
from assets.frames import records_of
from tests.frames import table
from tests.spec.language import day

DECISION = {"event": "decision", "cause": "decision", "recipient_code": "9901", "amount_sek": 700_000}
FUNDS = {"event": "available_funds", "cause": "funds", "amount_sek": 3_500_000, "provenance": "real"}


def provenances(*entries: dict[str, object]) -> dict[str, str]:
    """The provenance of each measure on the one day of these entries."""
    numbered = ({"entry_id": str(number), **entry} for number, entry in enumerate(entries))
    ledger = table("core_ledger_entry", *numbered, recorded_date=day("2022-12-31"), recorded_is_assumed=True)
    return {row["measure"]: row["provenance"] for row in records_of(revisions(ledger, frozenset()))}


def test_what_is_not_known_of_made_up_recipients_is_as_made_up_as_what_is():
    found = provenances(DECISION, FUNDS)
    assert (found["granted"], found["unused"]) == ("synthetic", "synthetic")


def test_what_is_not_known_of_real_recipients_is_real():
    found = provenances(DECISION | {"provenance": "real"}, FUNDS | {"provenance": "synthetic"})
    assert (found["granted"], found["unused"]) == ("real", "real")
