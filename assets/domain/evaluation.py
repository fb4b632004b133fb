"""The figures of a round: the grant in one row, the applications in one row, and the annex, one line per recipient."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from assets.domain.dimensions import CATEGORY
from assets.domain.frames import ROUND_KEY, Frame, constant, counted, is_true, sentence, summed
from assets.domain.money import grouped, percent
from assets.domain.reconciliation import KEY, signed_amount

BY = list(ROUND_KEY)
OF_GROUPS = (
    "recipient_count",
    "granted_sek",
    "reported_granted_sek",
    "report_count",
    "used_sek",
    "unused_sek",
    "use_unknown_count",
)


def grant_by_year(reconciliation: Frame) -> Frame:
    """The round in one row (table out_grant_by_year): granted, used, unused, and how many used all, part, nothing.

    The share of unused money has as its base the grants that were reported on.
    """
    rows = summed(reconciliation, BY, _sums())
    return rows.with_columns(
        used_sek=nw.when(nw.col("use_unknown_count") == 0).then(nw.col("used_sek")),
        repaid_after_recovery_sek=nw.when(nw.col("repaid_count") > 0).then(nw.col("repaid_after_recovery_sek")),
        unused_sek=nw.when(nw.col("report_count") > 0).then(nw.col("unused_sek")),
        unused_percent=percent(nw.col("unused_sek"), nw.col("reported_granted_sek")),
    )


def grant_by_group(reconciliation: Frame, categories: Frame) -> Frame:
    """What was granted, used and left by what the recipients are (table out_grant_by_group).

    Args: categories as from `dimensions.categories_of_recipients`, of the dimensions that are wanted.
    """
    sums = {name: addend for name, addend in _sums().items() if name in OF_GROUPS}
    rows = summed(_granted(reconciliation).join(categories, on="recipient_code", how="inner"), [*BY, *CATEGORY], sums)
    rows = rows.with_columns(
        used_sek=nw.when(nw.col("use_unknown_count") == 0).then(nw.col("used_sek")),
        unused_sek=nw.when(nw.col("report_count") > 0).then(nw.col("unused_sek")),
    )
    return rows.with_columns(unused_percent=percent(nw.col("unused_sek"), nw.col("reported_granted_sek")))


def _granted(reconciliation: Frame) -> Frame:
    return reconciliation.filter(~nw.col("granted_sek").is_null())


def _sums() -> dict[str, nw.Expr]:
    used, unused, granted = nw.col("used_sek"), nw.col("unused_sek"), nw.col("granted_sek")
    repaid = nw.col("repaid_after_recovery_sek")
    return {
        "recipient_count": counted(~granted.is_null()),
        "granted_sek": granted,
        "reported_granted_sek": nw.when(~unused.is_null()).then(granted),
        "report_count": counted(~granted.is_null() & ~unused.is_null()),
        "used_sek": nw.when(~granted.is_null()).then(used),
        "unused_sek": nw.when(~granted.is_null()).then(unused),
        "repaid_after_recovery_sek": repaid,
        "repaid_count": counted(~repaid.is_null()),
        "used_all_count": counted((unused == 0) & ~granted.is_null()),
        "used_part_count": counted((unused > 0) & (unused < granted)),
        "used_nothing_count": counted((unused >= granted) & (unused > 0)),
        "without_report_count": counted(~granted.is_null() & unused.is_null()),
        "use_unknown_count": counted(~granted.is_null() & used.is_null()),
    }


def funds_by_year(decisions: Frame, received: Frame) -> Frame:
    """The round's funds in one row (table out_funds_by_year): available = administration + granted + undistributed.

    Args: core_decision, core_event. A fund of which no event stands is unknown, not zero, and so is what cannot be
    computed without it.
    """
    events = {"available_sek": "available_funds", "administration_sek": "administration_allowed"}
    decided = {"event": constant("granted", "programme"), "standing": constant(1, "year")}
    granted = decisions.select(*BY, "provenance", amount_sek=nw.col("granted_sek"), **decided)
    standing = nw.when(nw.col("reverses_no").is_null()).then(1).otherwise(-1)
    told = received.filter(nw.col("event").is_in(list(events.values())))
    funds = told.select(*BY, "provenance", amount_sek=signed_amount(), event="event", standing=standing.cast(nw.Int64))
    sums = summed(nw.concat([granted, funds], how="vertical"), BY, _sums_by_event(events | {"granted_sek": "granted"}))
    known = {column: nw.when(nw.col(f"{column}_standing") > 0).then(nw.col(column)) for column in events}
    rows = sums.with_columns(**known)
    rows = rows.with_columns(distributable_sek=nw.col("available_sek") - nw.col("administration_sek"))
    return rows.with_columns(undistributed_sek=nw.col("distributable_sek") - nw.col("granted_sek"))


def _sums_by_event(events: Mapping[str, str]) -> dict[str, nw.Expr]:
    sums: dict[str, nw.Expr] = {}
    for column, event in events.items():
        mine = nw.col("event") == event
        sums[column] = nw.when(mine).then(nw.col("amount_sek"))
        sums[f"{column}_standing"] = nw.when(mine).then(nw.col("standing"))
    return sums


def application_by_year(applications: Frame) -> Frame:
    """Applications by outcome (table out_application_by_year). Dismissed and withdrawn ones are applications too."""
    outcome = nw.col("outcome")
    outcomes = ("rejected", "dismissed", "withdrawn")
    sums = {
        "application_count": counted(~outcome.is_null()),
        "approved_count": counted(outcome.is_in(["approved", "partly_approved", "approved_wholly_or_partly"])),
        **{f"{name}_count": counted(outcome == name) for name in outcomes},
    }
    counts = summed(applications, BY, sums)
    return counts.with_columns(approval_percent=percent(nw.col("approved_count"), nw.col("application_count")))


def annex(reconciliation: Frame, decisions: Frame, recipients: Frame, note: str) -> Frame:
    """One line per recipient with a grant (table out_annex).

    Args: note: a sentence in which {amount} is what was repaid after a recovery decision, grouped in thousands.
    """
    names = recipients.select(*KEY, "recipient_name")
    printed = decisions.select(*KEY, "name_as_reported")
    rows = _granted(reconciliation).join(printed, on=KEY, how="left").join(names, on=KEY, how="left")
    rows = rows.with_columns(
        unused_percent=percent(nw.col("unused_sek"), nw.col("granted_sek")),
        amount=grouped("repaid_after_recovery_sek"),
    )
    repaid = is_true(nw.col("repaid_after_recovery_sek") > 0)
    return rows.with_columns(note=nw.when(repaid).then(sentence(note, ["amount"], "programme")))
