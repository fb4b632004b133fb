"""Reports that came after their last day: by how many days, whether they count, and who decided what of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.words.vocabulary import ACCEPTED, DATA

Row = dict[str, Any]

READ = ("core_row", "core_decision", "core_recovery_case")


def late_reports(rows: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """Every late report, those that do not count first: the row that it came in, its last day, the days between.

    A report that does not count is of no grant; it is held against the decision of a recipient that has only one.
    """
    due = {each["grant_id"]: each["report_due_date"] for each in rows["core_decision"]}
    cases = {each["grant_id"]: each for each in rows["core_recovery_case"]}
    grants: dict[str, list[str]] = defaultdict(list)
    for each in rows["core_decision"]:
        grants[each["recipient_code"]].append(each["grant_id"])
    late = [each for each in rows["core_row"] if each["row_kind"] == DATA and each["late"]]
    for row in sorted(late, key=lambda row: (row["fate"] == ACCEPTED, row["source_file"], row["source_row"])):
        own = grants.get(row["recipient_code"] or "", [])
        grant = row["grant_id"] or (own[0] if len(own) == 1 else None)
        case = cases.get(grant or "")
        yield row | {
            "report_due_date": due.get(grant or ""),
            "day_count": days_after(due.get(grant or ""), row["submitted_at"]),
            "decided_by": case["decided_by"] if case else None,
            "reason": case["reason"] if case else None,
        }


def days_after(due: dt.date | None, submitted_at: str | None) -> int | None:
    """How many days after its last day a report came; None where one of the two is not known."""
    return (dt.date.fromisoformat(submitted_at[:10]) - due).days if due and submitted_at else None
