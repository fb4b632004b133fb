"""What the domain computes on: lazy frames through narwhals, and the few expressions every idea needs.

Over pandas the columns are always Arrow-typed: classic pandas turns nullable integers into floats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

from schemas.words.vocabulary import MIXED

if TYPE_CHECKING:
    Frame = nw.LazyFrame[Any]
else:
    Frame = nw.LazyFrame
"""A lazy frame of any engine; the domain never collects one. Without brackets at run time: Dagster reads it."""

ROUND_KEY = ("programme", "year")


def is_true(condition: nw.Expr) -> nw.Expr:
    """A condition in which unknown counts as false, on every engine."""
    return condition.fill_null(value=False)


def nothing(like: str) -> nw.Expr:
    """Null in every row, in the type of an existing column: a literal null is untyped over pandas."""
    return nw.when(nw.col(like).is_null()).then(nw.col(like))


def constant(value: str | int, like: str) -> nw.Expr:
    """One value in every row, in the type of an existing column."""
    return nothing(like).fill_null(value)


def always() -> nw.Expr:
    """True in every row."""
    return nw.col("source_row") > 0


def never() -> nw.Expr:
    """False in every row."""
    return nw.col("source_row") < 0


def first_of(cases: Sequence[tuple[nw.Expr, str]], otherwise: nw.Expr) -> nw.Expr:
    """The text of the first case whose condition is true, or else `otherwise`, whose type the result has."""
    result = otherwise
    for condition, text in reversed(cases):
        result = nw.when(~is_true(condition)).then(result).otherwise(nw.lit(text))
    return result


def counted(condition: nw.Expr) -> nw.Expr:
    """A condition as 1 or 0, to be summed; unknown counts as 0."""
    return is_true(condition).cast(nw.Int64)


def summed(frame: Frame, by: Sequence[str], sums: Mapping[str, nw.Expr]) -> Frame:
    """Sums of whole numbers per group, and the provenance of the group (theirs if its rows agree, else mixed).

    Returns: the columns of `by`, one int64 column per entry of `sums` (nothing summed is 0), provenance.
    The addends become columns first: pandas groups fast only over plain columns.
    """
    addends = frame.select(*by, "provenance", **sums)
    groups = addends.group_by(*by).agg(
        *(nw.col(name).sum() for name in sums),
        lowest=nw.col("provenance").min(),
        highest=nw.col("provenance").max(),
    )
    agreed = first_of([(nw.col("lowest") != nw.col("highest"), MIXED)], otherwise=nw.col("lowest"))
    return groups.select(*by, *(nw.col(name).fill_null(0).cast(nw.Int64) for name in sums), provenance=agreed)


def with_group(frame: Frame, by: Sequence[str], **of_group: nw.Expr) -> Frame:
    """Add to each row what its group gives: an aggregate of one column each. Null where a key is.

    Joined by key and not computed with `over`: on Arrow tables that trusts a join to keep the order of rows, which a
    join on several threads does not.
    """
    groups = frame.group_by(*by).agg(**of_group)
    return frame.join(groups, on=list(by), how="left")


def extended(frame: Frame, columns: Mapping[str, nw.Expr]) -> Frame:
    """The frame with further columns, of which there may be none."""
    return frame.with_columns(**columns) if columns else frame


def sentence(template: str, columns: Sequence[str], like: str) -> nw.Expr:
    """A message from a template whose {placeholders} are columns; null reads as a dash. `like` is any text column."""
    pieces: list[nw.Expr] = [constant("", like)]
    rest = template
    while rest:
        text, brace, rest = rest.partition("{")
        if text:
            pieces.append(nw.lit(text))
        if brace:
            name, _, rest = rest.partition("}")
            if name not in columns:
                raise KeyError(name)
            pieces.append(nw.col(name).cast(nw.String).fill_null("–"))
    return nw.concat_str(pieces)


def padded(column: str) -> nw.Expr:
    """A whole number of at most eight digits as a text that sorts as the number does."""
    return nw.concat_str([nw.lit("0000000"), nw.col(column).cast(nw.String)]).str.slice(-8)


def recoded(column: str, codes: Mapping[str, str]) -> nw.Expr:
    """Cell texts to codes (`codes` maps code to cell text); anything else becomes null."""
    return first_of([(nw.col(column) == text, code) for code, text in codes.items()], otherwise=nothing(column))
