"""What chance decides, and how it is held to what is printed: exact counts, exact sums, one draw."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, repeat

from tests.sample.forms import Form, Question, load_bases
from tests.sample.inputs import Margins

SEED = 2024_7_9180
"""Arbitrary but fixed: the article number of the source."""

OFFICE_HOURS = (8, 16)
FIRST_WEEKEND_DAY = 5
RARE_COUNT = (1, 3)
"""How many choose an option whose count is not printed: few, so that the printed ones stay the main ones."""

Answers = dict[str, dict[str, set[str]]]
"""Question -> respondent -> options chosen; a respondent who was not asked is missing."""


def stream(purpose: str) -> random.Random:
    """A generator of its own for each purpose, so that a change in one file leaves the others alone."""
    return random.Random(f"{SEED} {purpose}")  # noqa: S311 - the draw is to be predictable


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers in proportion to the weights that sum to the total; the first takes the remainder."""
    shares = [total * weight // sum(weights) for weight in weights]
    return [shares[0] + total - sum(shares), *shares[1:]]


def draw_single(
    rng: random.Random, people: Sequence[str], options: Sequence[str], *, counts: Mapping[str, int]
) -> dict[str, set[str]]:
    """One option each: the printed ones as often as printed, the others at random among those left."""
    printed = list(chain.from_iterable(repeat(option, count) for option, count in counts.items()))
    free = [option for option in options if option not in counts]
    drawn = rng.choices(free, k=len(people) - len(printed)) if free else []
    answers = printed + drawn
    rng.shuffle(answers)
    return {person: {answer} for person, answer in zip(people, answers, strict=True)}


def draw_multiple(
    rng: random.Random, people: Sequence[str], options: Sequence[str], *, counts: Mapping[str, int]
) -> dict[str, set[str]]:
    """Any number of options each, every option as often as printed.

    Who has none yet goes first, so that nobody is left without while the counts suffice.
    """
    answers: dict[str, set[str]] = {person: set() for person in people}
    for option in options:
        count = counts[option] if option in counts else rng.randint(*RARE_COUNT)
        shuffled = rng.sample(people, k=len(people))
        for person in sorted(shuffled, key=lambda someone: bool(answers[someone]))[:count]:
            answers[person].add(option)
    return answers


def draw_answers(rng: random.Random, people: Sequence[str], form: Form, *, margins: Margins) -> Answers:
    """Every question of a form, each put to those its base names."""
    answers: Answers = {}
    for name, question in form.questions.items():
        asked = _asked(people, question, answers)
        able = _able_to_choose(name, asked, answers)
        draw = draw_single if question.layout == "single" else draw_multiple
        drawn = draw(rng, able, list(question.options), counts=margins.get(name, {}))
        answers[name] = {person: drawn.get(person, set()) for person in asked}
    return answers


def answers_of(person: str, answers: Answers) -> dict[str, set[str]]:
    """What one respondent answered, question by question."""
    return {question: given[person] for question, given in answers.items() if person in given}


def office_moments(rng: random.Random, first: date, last: date, *, count: int) -> list[datetime]:
    """Moments on working days in office hours, both days included, earliest first."""
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    working = [day for day in days if day.weekday() < FIRST_WEEKEND_DAY]
    return sorted(
        datetime.combine(rng.choice(working), time(rng.randint(*OFFICE_HOURS), rng.randint(0, 59)))
        for _ in range(count)
    )


def _asked(people: Sequence[str], question: Question, answers: Answers) -> list[str]:
    condition = load_bases()[question.base]
    if not condition:
        return list(people)
    filtering = answers[condition["question"]]
    return [person for person in people if filtering[person] & set(condition["options"])]


def _able_to_choose(name: str, asked: list[str], answers: Answers) -> list[str]:
    """Only who worked with cooperation names partners: both questions are about the same thing."""
    if name != "cooperation" or "activity_area" not in answers:
        return asked
    return [person for person in asked if "cooperation" in answers["activity_area"][person]]
