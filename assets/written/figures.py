"""`out_*`: what the evaluation prints of a round."""

from __future__ import annotations

from assets.domain.evaluation import grants as figures
from assets.domain.evaluation.comparisons import comparisons
from assets.domain.evaluation.dimensions import categories_of_recipients
from assets.domain.evaluation.indicators import Answers, indicators, indicators_by_group, measures_by_group
from assets.domain.grant.follow import event_of
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
    events = map(event_of, this.accepted("core_event"))
    return {
        "out_grant_by_year": figures.grant_by_year(reconciled),
        "out_funds_by_year": figures.funds_by_year([followed.grant for followed in this.grants], events),
        "out_application_by_year": figures.application_by_year(
            [typed_record(each) for each in this.accepted("core_application")]
        ),
        "out_annex": figures.annex(reconciled, _names(this), _names_as_reported(this)),
        "out_grant_by_group": figures.grant_by_group(reconciled, wanted),
        "out_indicator": indicators(answers),
        "out_indicator_by_group": indicators_by_group(answers),
        "out_measure_by_group": measures_by_group(answers),
        "out_comparison": comparisons(answers, this.received.key.year, this.provenance),
    }


def bodies_of_year(this: Computed) -> list[Record]:
    """The bodies that the register knows in the round's year."""
    return [body for body in this.received.register.bodies if valid_in(body, this.received.key.year)]


def _names(this: Computed) -> dict[str, str]:
    return {body["recipient_code"]: body["recipient_name"] for body in bodies_of_year(this)}


def _names_as_reported(this: Computed) -> dict[str, str]:
    rows = this.accepted("core_decision")
    return {str(each.grant_id): each.row.name_as_reported or "" for each in rows}
