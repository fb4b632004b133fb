"""The tables about where a round stands."""

from __future__ import annotations

from collections.abc import Sequence

from assets.domain.standing.reports import not_reported
from assets.domain.standing.tasks import Known, tasks_of
from assets.domain.standing.verdict import standing_of
from assets.written.computed import Computed, Record


def standing_tables(this: Computed, findings: Sequence[Record]) -> dict[str, list[Record]]:
    """The verdict, everything there is to do, and who has not reported. Args: findings: rows of core_finding."""
    known = Known(
        as_of=this.as_of,
        grants=this.grants,
        unplaced=this.unplaced,
        matches=this.book_matches,
        set_aside=this.set_aside,
        findings=findings,
        waivers=this.waivers,
    )
    tasks, missing = tasks_of(known), list(not_reported(this.grants, this.as_of))
    return {
        "core_task": [{"task_no": number, **vars(each)} for number, each in enumerate(tasks, start=1)],
        "core_not_reported": [dict(vars(each)) for each in missing],
        "out_standing": [{**vars(standing_of(known, tasks, missing)), "provenance": this.provenance}],
    }
