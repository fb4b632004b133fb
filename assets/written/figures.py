"""`out_*`: what the evaluation prints of a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assets.domain.evaluation import grants as figures
from assets.domain.evaluation import left_out, set_aside
from assets.domain.evaluation.answer_check import answer_check
from assets.domain.evaluation.comparisons import comparisons
from assets.domain.evaluation.dimensions import categories_of_recipients
from assets.domain.evaluation.indicators import Answers, indicators, indicators_by_group, measures_by_group
from assets.domain.evaluation.missing import Missing
from assets.domain.grant.follow import event_of
from assets.domain.grant.reconciliation import Reconciliation
from assets.domain.reading.register import valid_in
from assets.written.computed import Computed, Part, Record
from assets.written.received import typed_record
from schemas.words.vocabulary import EVERYONE


def figure_tables(this: Computed) -> Part:
    """The figures, the annex and the indicators of the round."""
    reconciled = [followed.reconciliation for followed in this.grants]
    declared = this.programme.indicators
    granted: dict[str, int] = {}
    for followed in this.grants:
        if followed.grant.granted_sek is not None:
            code = followed.grant.recipient_code
            granted[code] = granted.get(code, 0) + followed.grant.granted_sek
    recipients = categories_of_recipients(bodies_of_year(this), granted, declared)
    grouped_by = {EVERYONE, *declared.grants_by}
    wanted = {code: [each for each in mine if each.dimension in grouped_by] for code, mine in recipients.items()}
    answers = Answers(this.answers, this.programme, granted, recipients, len(granted))
    of_forms = Counter(each.counted.row.form.form for each in this.set_aside)
    missing = Missing(answers, _without_report(reconciled), this.provenance, of_forms)
    left = [*left_out.of_grants(reconciled, wanted), *left_out.of_set_aside(this.set_aside, declared.grants_by)]
    events = map(event_of, this.accepted("core_event"))
    grants = [followed.grant for followed in this.grants]
    applications = [typed_record(each) for each in this.accepted("core_application")]
    by_year = figures.grant_by_year(reconciled, this.set_aside)
    return {
        "core_set_aside": set_aside.records_of(this.set_aside, grants, this.waivers, this.programme.set_aside_percent),
        "out_grant_by_year": by_year,
        "out_answer_check": answer_check(answers, by_year[0] if by_year else None),
        "out_funds_by_year": figures.funds_by_year(grants, events, this.set_aside),
        "out_application_by_year": figures.application_by_year(applications, this.set_aside),
        "out_annex": figures.annex(reconciled, _names(this), _names_as_reported(this)),
        "out_grant_by_group": figures.grant_by_group(reconciled, wanted),
        "out_indicator": indicators(answers, missing),
        "out_indicator_by_group": indicators_by_group(answers, missing),
        "out_measure_by_group": measures_by_group(answers, missing),
        "out_comparison": comparisons(answers, missing, this.received.key.year, this.provenance),
        "out_left_out": left_out.records_of([*left, *missing.all()]),
    }


def _without_report(grants: Iterable[Reconciliation]) -> dict[str, str]:
    """Why recipients have no report that counts, by code; of several grants the first."""
    found: dict[str, str] = {}
    for each in grants:
        if each.unused_sek is None and (reason := left_out.BY_OUTCOME.get(each.outcome)):
            found.setdefault(each.recipient_code, reason)
    return found


def bodies_of_year(this: Computed) -> list[Record]:
    """The bodies that the register knows in the round's year."""
    return [body for body in this.received.register.bodies if valid_in(body, this.received.key.year)]


def _names(this: Computed) -> dict[str, str]:
    return {body["recipient_code"]: body["recipient_name"] for body in bodies_of_year(this)}


def _names_as_reported(this: Computed) -> dict[str, str]:
    rows = this.accepted("core_decision")
    return {str(each.grant_id): each.row.name_as_reported or "" for each in rows}
