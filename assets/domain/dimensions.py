"""What a figure can be broken down by: a row per recipient, respondent and category that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from assets.domain.frames import Frame, constant, first_of
from assets.domain.money import grouped_text
from schemas.words.vocabulary import ANSWER, COUNTY, EVERYONE, GRANT_SIZE, GROUP

CATEGORY = ("dimension", "across", "category", "category_no", "category_label_sv", "category_label_en")
EVERYONE_SV, EVERYONE_EN = "Alla", "All"
OTHERS = "other"


def categories_of_recipients(recipients: Frame, decisions: Frame, groups: Frame, sizes: Sequence[int]) -> Frame:
    """Which categories each recipient belongs to (recipient_code and the columns of CATEGORY).

    Args: core_recipient and core_decision of a round; groups: (recipient_code, category, category_no, labels) of the
        recipients that a group names; sizes: the kronor from which each larger size of grant counts, rising.
    Recipients that no group names are together in one.
    """
    bodies = recipients.select("recipient_code", "county_code", "county_name")
    frames = [_everyone(bodies), _counties(bodies), _in_groups(bodies, groups)]
    return nw.concat([*frames, _sizes(decisions, sizes)], how="vertical")


def _everyone(bodies: Frame) -> Frame:
    return _categories(
        bodies,
        EVERYONE,
        category=constant(EVERYONE, "recipient_code"),
        number=_number(0),
        sv=constant(EVERYONE_SV, "recipient_code"),
        en=constant(EVERYONE_EN, "recipient_code"),
    )


def _counties(bodies: Frame) -> Frame:
    name = nw.col("county_name")
    return _categories(bodies, COUNTY, nw.col("county_code"), nw.col("county_code").cast(nw.Int64), name, name)


def _in_groups(bodies: Frame, groups: Frame) -> Frame:
    rows = bodies.join(groups, on="recipient_code", how="left")
    return _categories(
        rows,
        GROUP,
        category=nw.col("category").fill_null(OTHERS),
        number=nw.col("category_no").fill_null(0),
        sv=nw.col("category_label_sv").fill_null("Övriga"),
        en=nw.col("category_label_en").fill_null("Others"),
    )


def _sizes(decisions: Frame, sizes: Sequence[int]) -> Frame:
    """From the largest down: the first bound that the grant reaches."""
    steps = [(number, low) for number, low in enumerate((0, *sizes))]
    labels = {number: _size_label((0, *sizes), number) for number, _ in steps}

    def chosen(texts: Sequence[str]) -> nw.Expr:
        cases = [(nw.col("granted_sek") >= low, texts[number]) for number, low in reversed(steps)]
        return first_of(cases, otherwise=constant(texts[0], "recipient_code"))

    numbers = chosen([str(number) for number, _ in steps]).cast(nw.Int64)
    sv, en = ([labels[number][at] for number, _ in steps] for at in (0, 1))
    return _categories(decisions, GRANT_SIZE, chosen([str(low) for _, low in steps]), numbers, chosen(sv), chosen(en))


def _size_label(bounds: Sequence[int], at: int) -> tuple[str, str]:
    low, high = bounds[at], bounds[at + 1] - 1 if at + 1 < len(bounds) else None
    said = [grouped_text(number) for number in (low, high) if number is not None]
    if high is None:
        return f"{said[0]} kr eller mer", f"SEK {said[0]} or more"
    return f"{'–'.join(said)} kr", f"SEK {'–'.join(said)}"


def _number(value: int) -> nw.Expr:
    return nw.when(~nw.col("recipient_code").is_null()).then(nw.lit(value)).cast(nw.Int64)


def _categories(rows: Frame, dimension: str, category: nw.Expr, number: nw.Expr, sv: nw.Expr, en: nw.Expr) -> Frame:  # noqa: PLR0913, PLR0917 - one argument per column
    return rows.select(
        "recipient_code",
        dimension=constant(dimension, "recipient_code"),
        across=constant(dimension, "recipient_code"),
        category=category,
        category_no=number,
        category_label_sv=sv,
        category_label_en=en,
    )


def categories_of_respondents(answers: Frame, of_recipients: Frame, described: Frame) -> Frame:
    """Which categories each respondent belongs to (form, respondent_id and the columns of CATEGORY).

    Args: core_answer; categories as from `categories_of_recipients`; described: labels of options (form, question,
        option, option_no, option_label_sv, option_label_en).
    What was chosen in one question is a category for all others. A respondent without a recipient is in no other.
    """
    people = answers.select("form", "respondent_id", "recipient_code").unique(["form", "respondent_id"])
    grouped = people.join(of_recipients.filter(nw.col("dimension") != EVERYONE), on="recipient_code", how="inner")
    everyone = _everyone(people.with_columns(recipient_code=nw.col("respondent_id"))).unique(["recipient_code"])
    everyone = people.drop("recipient_code").join(
        everyone.rename({"recipient_code": "respondent_id"}), on="respondent_id", how="inner"
    )
    chosen = answers.filter(nw.col("selected")).select("form", "respondent_id", "question", "option")
    labelled = chosen.join(described, on=["form", "question", "option"], how="inner")
    answered = labelled.select(
        "form",
        "respondent_id",
        dimension=constant(ANSWER, "form"),
        across=nw.col("question"),
        category=nw.col("option"),
        category_no=nw.col("option_no"),
        category_label_sv=nw.col("option_label_sv"),
        category_label_en=nw.col("option_label_en"),
    )
    wanted = ["form", "respondent_id", *CATEGORY]
    return nw.concat([frame.select(*wanted) for frame in (everyone, grouped, answered)], how="vertical")
