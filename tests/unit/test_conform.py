"""What stands of a file's rows once they are judged."""

import datetime as dt

from assets.conform import core_rows, judge, name_rows
from assets.frames import records_of
from schemas.configuration import catalogue
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


def test_a_replaced_list_of_decisions_sets_no_deadline():
    """The old list said 1 March, the corrected one says 1 February; the report came on the 15th: late."""
    form, reports = PROGRAMME.forms["decisions"], PROGRAMME.forms["usage_report_2022"]
    files = [
        (received(form, file="old.csv", replaced=True), {"granted_sek": "5", "report_due_date": "2024-03-01"}),
        (received(form, file="new.csv"), {"granted_sek": "5", "report_due_date": "2024-02-01"}),
        (received(reports), {"submission_status": "Inlämnad", "submitted_at": "2024-02-15", "unused_sek": "0"}),
    ]
    sent = [(file, raw_rows(file, {"recipient_name": "Exempelkommun 01", **row})) for file, row in files]
    judged = judge([(name_rows(rows, file, REGISTER, PROGRAMME), file) for file, rows in sent], PROGRAMME, ROUNDS)
    late = [row["is_accepted_late"] for row in records_of(judged[2].rows) if row["row_kind"] == "data"]
    assert late == [True]
