"""What stands of a file's rows once they are judged."""

import datetime as dt

from assets.conform import core_rows, judge, name_rows
from assets.frames import records_of
from schemas import catalogue
from tests.frames import raw_rows, received, table

PROGRAMME = catalogue.programme("stadigvarande-boende")
REGISTER = table("core_recipient", {"recipient_code": "9901", "recipient_name": "Exempelkommun 01"})
ROUNDS = table("core_round", {"as_of_date": dt.date(2024, 6, 30), "late_reports": "accept"})


def test_a_name_that_is_nobodys_stays_in_the_store():
    """What stands in the wrong column may be a person's name, and core_row is published."""
    file = received(PROGRAMME.forms["decisions"])
    sent = [{"recipient_name": name, "granted_sek": "5"} for name in ("Exempelkommun 01*", "Anna Andersson")]
    named = name_rows(raw_rows(file, *sent), file, REGISTER, PROGRAMME)
    rows = records_of(core_rows(judge([(named, file)], PROGRAMME, ROUNDS)))
    shown = [(row["name_as_reported"], row["rule"]) for row in rows if row["row_kind"] == "data"]
    assert sorted(shown, key=str) == [("Exempelkommun 01*", None), (None, "name_unknown")]
