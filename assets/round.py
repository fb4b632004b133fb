"""A round is a plain function: from what was received to every table that is published of it. The whole house.

No Dagster, no files, no clock: a run, `check`, `restate`, the audit of the rules and the tests all call `compute`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from assets.domain.counting import Counted, count
from assets.domain.evaluation.answers import answer_table
from assets.domain.grant.follow import follow_all, grants_of
from assets.domain.grant.reach import is_before_reports, latest_complete_day, reach_of
from assets.domain.past import ledger_of
from assets.domain.reading.corrections import entries
from assets.domain.reading.exports import claimed, forms_of, gaps, in_chains, refuse_doubles, with_bounds
from assets.domain.reading.forms import Export
from assets.domain.reading.history import read
from assets.domain.reading.register import Body, RoundRegister, valid_in
from assets.domain.reading.rows import Bodies, cell_of
from assets.domain.same_case import UNDECLARED_RULE
from assets.received import Received
from assets.tables import Tables
from assets.written.computed import Computed
from assets.written.whole import tables_of
from schemas.configuration.programme import Programme
from schemas.rules.rule import Stop
from schemas.words.vocabulary import CODE_LENGTHS

__all__ = ["Tables", "compute"]


def compute(received: Received, programme: Programme, as_of: dt.date | None = None) -> Tables:
    """A whole round: what `received` had come to by `as_of`, as every table that is published of it.

    Args: as_of: the day that figures are as of; what became known later does not count. None is the latest day of which
        an export of money or decisions has everything, and then all that was received counts.
    Returns: every table of ROUND_TABLES by its name. Raises: Stop if the round cannot be computed, in one sentence.
    """
    refuse_undeclared(received, programme)
    exports = exports_of(received, programme)
    log = entries(received.log, exports)
    history = read(exports, log, bodies_of(received, programme), programme)

    day, known = as_of or latest_complete_day(exports), as_of or history.latest_day()
    late_reports = programme.rounds[received.key.year].late_reports
    counted = count(history.on(known), known, late_reports)
    refuse_undeclared_cases(counted)
    ledger = ledger_of(history, known, late_reports)
    grants = grants_of(counted, reach_of(exports, known))
    refuse_gaps(exports, received, programme, are_awaited=is_before_reports(grants, day))
    told = programme.told_by(export.form.form for export in exports)
    followed = follow_all(grants, ledger, told, day, programme.tolerance_sek)
    answers = answer_table(counted, programme, received.key)

    return tables_of(Computed(received, programme, day, known, history, log, counted, ledger, followed, answers))


def refuse_undeclared(received: Received, programme: Programme) -> None:
    """Raises: Stop if the programme has no such round, or the text read as its ordinance is not the one received."""
    if received.key.year not in programme.rounds:
        raise Stop("round_undeclared", programme=received.key.programme, year=received.key.year)
    text = programme.ordinance.text
    if text and received.ordinance_sha256 != text.sha256:
        raise Stop("ordinance_text_unfit", file=text.file)


def refuse_undeclared_cases(counted: Iterable[Counted]) -> None:
    """Raises: Stop if a case has a second decision, and its form does not say what that means."""
    for each in counted:
        if each.rule == UNDECLARED_RULE:
            both = [cell_of(row, "case_number") for row in (each.row, *each.beside)]
            raise Stop("same_case_undeclared", rows=", ".join(both), form=each.row.form.form)


def exports_of(received: Received, programme: Programme) -> list[Export]:
    """Which form each file is, and from when until when it holds. Raises: Stop if decisions have no file, or two."""
    key, forms = received.key, forms_of(programme, received.key.year)
    exports = with_bounds(in_chains([claimed(file, forms) for file in received.files]), key.year)
    refuse_doubles(exports)
    refuse_gaps(exports, received, programme, are_awaited=True)
    return exports


def refuse_gaps(exports: Sequence[Export], received: Received, programme: Programme, *, are_awaited: bool) -> None:
    """Raises: Stop if a form has no file. Args: are_awaited: whether all but decisions may come later."""
    key = received.key
    for form in gaps(exports, forms_of(programme, key.year), are_awaited=are_awaited):
        named = {"programme": key.programme, "year": key.year, "form": form.title, "folder": received.folder}
        raise Stop("form_missing", **named)


def bodies_of(received: Received, programme: Programme) -> Bodies:
    """Whom a name may mean in the round's year, and in other years only.

    Those of the programme's own registers, and of the others those that go by its kind of code.
    """
    length = CODE_LENGTHS[programme.recipient_codes]
    every = received.register.bodies
    told = [body for body in every if body.get("organisation_number") or len(body["recipient_code"]) == length]
    now = [body for body in told if valid_in(body, received.key.year)]
    others = [body for body in told if not valid_in(body, received.key.year)]
    register = RoundRegister(
        [Body.of(body) for body in now], [Body.of(body) for body in others], programme.recipients, programme.aliases
    )
    return Bodies(register, {body["recipient_code"]: body["provenance"] for body in now})
