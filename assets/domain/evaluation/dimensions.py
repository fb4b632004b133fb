"""What a figure can be broken down by: the categories that each recipient and each respondent belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.shares import grouped
from schemas.configuration.indicators import Indicators
from schemas.words.vocabulary import ANSWER, COUNTY, EVERYONE, GRANT_SIZE, GROUP

CATEGORY = ("dimension", "across", "category", "category_no", "category_label_sv", "category_label_en")


@dataclass(frozen=True)
class Category:
    """One category of a dimension, or of the answers to a question (`across`), with its order and its labels."""

    dimension: str
    across: str
    category: str
    number: int
    sv: str
    en: str

    @property
    def columns(self) -> tuple[object, ...]:
        """Its values for the columns of CATEGORY."""
        return self.dimension, self.across, self.category, self.number, self.sv, self.en


EVERYBODY = Category(EVERYONE, EVERYONE, EVERYONE, 0, "Alla", "All")
NO_COUNTY = Category(COUNTY, COUNTY, "unknown", 100, "Okänt län", "County not known")
OTHERS = Category(GROUP, GROUP, "other", 0, "Övriga", "Others")


def categories_of_recipients(
    recipients: Iterable[Mapping[str, Any]], granted: Mapping[str, int], declared: Indicators
) -> dict[str, tuple[Category, ...]]:
    """The categories of each recipient by its code: everybody, county, the group that names it, size of its grant.

    Args: recipients: rows of core_recipient; granted: kronor by recipient, of those that were granted anything.
    """
    groups = groups_of(declared)
    return {
        body["recipient_code"]: (
            EVERYBODY,
            county_of(body),
            *groups.get(body["recipient_code"], [OTHERS]),
            *_size(granted.get(body["recipient_code"]), declared.grant_sizes),
        )
        for body in recipients
    }


def county_of(body: Mapping[str, Any]) -> Category:
    """The county of a recipient; one for all of whom it is not known."""
    code, name = body["county_code"], body["county_name"]
    if code is None:
        return NO_COUNTY
    return Category(COUNTY, COUNTY, code, int(code), name, name)


def groups_of(declared: Indicators) -> dict[str, list[Category]]:
    """The declared groups of each recipient that any names."""
    found: dict[str, list[Category]] = {}
    for number, (name, group) in enumerate(declared.groups.items(), start=1):
        for code in group.codes:
            found.setdefault(code, []).append(Category(GROUP, GROUP, name, number, group.sv, group.en))
    return found


def _size(granted: int | None, sizes: Sequence[int]) -> tuple[Category, ...]:
    """The size of a grant: the largest bound that it reaches."""
    if granted is None:
        return ()
    bounds = (0, *sizes)
    number = max(number for number, low in enumerate(bounds) if granted >= low or number == 0)
    sv, en = _size_label(bounds, number)
    return (Category(GRANT_SIZE, GRANT_SIZE, str(bounds[number]), number, sv, en),)


def _size_label(bounds: Sequence[int], at: int) -> tuple[str, str]:
    low, high = bounds[at], bounds[at + 1] - 1 if at + 1 < len(bounds) else None
    said = "–".join(grouped(number) for number in (low, high) if number is not None)
    if high is None:
        return f"{said} kr eller mer", f"SEK {said} or more"
    return f"{said} kr", f"SEK {said}"


def of_answer(question: str, option: Mapping[str, Any]) -> Category:
    """What was chosen in one question, as a category for all others. Args: option: with its number and labels."""
    labels = option["option_label_sv"], option["option_label_en"]
    return Category(ANSWER, question, option["option"], option["option_no"], *labels)
