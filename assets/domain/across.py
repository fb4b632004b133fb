"""Across rounds and programmes: what one round of a recipient says of another. Hints to look into, never verdicts."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from assets.domain.frames import ROUND_KEY, Frame, constant, first_of, is_true, sentence
from assets.domain.money import grouped
from assets.domain.reconciliation import KEY
from schemas.words.vocabulary import (
    CLAIM_CARRIED_OVER,
    FIGURE_REPEATED,
    FUNDED_TWICE,
    MAGNITUDE_DIFFERS,
    MIXED,
    Language,
)

TENFOLD = 10
"""One digit too many or too few makes an amount ten times as large or as small; grants seldom change that much."""

READ = ("core_round", "core_usage_report", "core_account")
REPEATABLE = ("used", "unused")
COMPARABLE = ("granted", "used")
HINT = (
    "kind",
    *KEY,
    "measure",
    "other_programme",
    "other_year",
    "amount_sek",
    "other_amount_sek",
    "message_sv",
    "message_en",
    "provenance",
)
OTHER = ("other_year", "other_amount_sek", "other_provenance")
NAMED = ("programme", "year", "other_programme", "other_year", "amount", "other_amount")
"""What a message may name; the amounts have their thousands apart."""

Words = Mapping[str, Mapping[Language, str]]
"""The message of each sort of hint as a template in both languages, by the names in SAID."""

SAID = (
    *(f"{FIGURE_REPEATED}_{measure}" for measure in REPEATABLE),
    *(f"{MAGNITUDE_DIFFERS}_{measure}" for measure in COMPARABLE),
    FUNDED_TWICE,
    CLAIM_CARRIED_OVER,
    f"{CLAIM_CARRIED_OVER}_unknown",
)


def across(tables: Mapping[str, Frame], purposes: Frame, words: Words) -> Frame:
    """Every hint about a recipient in a round from another round or programme (table out_across).

    Args: tables: those in READ, of all rounds, by name; purposes: programme and `purpose`, of the programmes that
        declare one.
    """
    rounds, reports, accounts = (tables[name] for name in READ)
    before = rounds_before(rounds)
    frames = [
        *(_repeated(reports, before, measure) for measure in REPEATABLE),
        *(_of_another_magnitude(accounts, before, measure) for measure in COMPARABLE),
        _funded_twice(accounts, purposes),
        *_carried_over(accounts),
    ]
    return nw.concat([_worded(frame, words[said]) for frame, said in zip(frames, SAID, strict=True)], how="vertical")


def rounds_before(rounds: Frame) -> Frame:
    """Each round with the nearest earlier one of its programme, `other_year`; the first rounds have none."""
    years = rounds.select(*ROUND_KEY)
    pairs = years.join(years.select("programme", earlier=nw.col("year")), on="programme", how="inner")
    pairs = pairs.filter(nw.col("earlier") < nw.col("year"))
    return pairs.group_by(*ROUND_KEY).agg(other_year=nw.col("earlier").max())


def _repeated(reports: Frame, before: Frame, measure: str) -> Frame:
    """The same amount as in the round before, to the krona: that year's figure may have been copied."""
    pairs = _with_round_before(reports, before, measure)
    same = (nw.col("amount_sek") == nw.col("other_amount_sek")) & (nw.col("amount_sek") > 0)
    return _hints(pairs.filter(is_true(same)), FIGURE_REPEATED, measure)


def _of_another_magnitude(accounts: Frame, before: Frame, measure: str) -> Frame:
    """At least ten times as much as in the round before, or at most a tenth. Nothing is compared with zero."""
    pairs = _with_round_before(accounts, before, measure)
    amount, other = nw.col("amount_sek"), nw.col("other_amount_sek")
    differs = (amount > 0) & (other > 0) & ((amount >= other * TENFOLD) | (other >= amount * TENFOLD))
    return _hints(pairs.filter(is_true(differs)), MAGNITUDE_DIFFERS, measure)


def _with_round_before(rows: Frame, before: Frame, measure: str) -> Frame:
    amounts = rows.select(*KEY, "provenance", amount_sek=nw.col(f"{measure}_sek"))
    others = _as_other(amounts, "programme", "recipient_code").select("programme", "recipient_code", *OTHER)
    pairs = amounts.join(before, on=list(ROUND_KEY), how="inner")
    pairs = pairs.join(others, on=["programme", "recipient_code", "other_year"], how="inner")
    return pairs.with_columns(other_programme=nw.col("programme"))


def _as_other(amounts: Frame, *kept: str) -> Frame:
    return amounts.select(
        *kept,
        other_year=nw.col("year"),
        other_amount_sek=nw.col("amount_sek"),
        other_provenance=nw.col("provenance"),
    )


def _funded_twice(accounts: Frame, purposes: Frame) -> Frame:
    """Money granted in the same year by two programmes of the same purpose; each of the two rounds has the hint."""
    granted = accounts.select(*KEY, "provenance", amount_sek=nw.col("granted_sek")).filter(nw.col("amount_sek") > 0)
    granted = granted.join(purposes, on="programme", how="inner")
    others = granted.select(
        "recipient_code",
        "year",
        "purpose",
        other_programme=nw.col("programme"),
        other_amount_sek=nw.col("amount_sek"),
        other_provenance=nw.col("provenance"),
    )
    pairs = granted.join(others, on=["recipient_code", "year", "purpose"], how="inner")
    pairs = pairs.filter(nw.col("other_programme") != nw.col("programme"))
    return _hints(pairs.with_columns(other_year=nw.col("year")), FUNDED_TWICE, "granted")


def _carried_over(accounts: Frame) -> list[Frame]:
    """What is still owed of an earlier round, or not known to be repaid, of a recipient that was granted money again.

    Returns: the hints that know the amount, and those that do not.
    Where nothing is repayable, or nobody knows yet what is, it does not matter that no repayment is told of.
    """
    decided = accounts.filter(~nw.col("granted_sek").is_null())
    owed, repayable = nw.col("outstanding_sek"), nw.col("repayable_sek")
    claims = decided.filter(is_true(owed > 0) | (owed.is_null() & is_true(repayable > 0)))
    claims = claims.with_columns(amount_sek=owed)
    earlier = _as_other(claims, "programme", "recipient_code")
    pairs = decided.select(*KEY, "provenance", amount_sek=nw.col("granted_sek"))
    pairs = pairs.join(earlier, on=["programme", "recipient_code"], how="inner")
    pairs = pairs.filter(nw.col("other_year") < nw.col("year")).with_columns(other_programme=nw.col("programme"))
    hints = _hints(pairs, CLAIM_CARRIED_OVER, "outstanding")
    is_known = ~nw.col("other_amount_sek").is_null()
    return [hints.filter(is_known), hints.filter(~is_known)]


def _hints(pairs: Frame, kind: str, measure: str) -> Frame:
    """Pairs as hints without their words; what two rounds say is as made up as either of them."""
    differ = nw.col("provenance") != nw.col("other_provenance")
    rows = pairs.with_columns(
        kind=constant(kind, "programme"),
        measure=constant(measure, "programme"),
        provenance=first_of([(differ, MIXED)], otherwise=nw.col("provenance")),
    )
    return rows.select(*(name for name in HINT if not name.startswith("message_")))


def _worded(hints: Frame, both: Mapping[Language, str]) -> Frame:
    """Hints with their message in both languages."""
    texts = hints.with_columns(amount=grouped("amount_sek"), other_amount=grouped("other_amount_sek"))
    messages = {f"message_{language}": sentence(template, NAMED, "kind") for language, template in both.items()}
    return texts.with_columns(**messages).select(*HINT)
