"""Years that cannot be compared stand side by side, with both bases and the reason."""

from pipelines.reports.side_by_side import side_by_side
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme

PROGRAMME: Programme = catalogue.programme("stadigvarande-boende")
TABLE = PROGRAMME.reports["fordjupning_2024"].tables[5]
WHY = "Frågan ställdes till olika grupper."


def compared(year: int, base: str | None, count: int | None, *, is_comparable: bool) -> dict[str, object]:
    return {
        "comparison": "cooperation",
        "year": year,
        "base": base,
        "denominator": count,
        "is_comparable": is_comparable,
        "why_not_sv": None if is_comparable else WHY,
    }


def said(*rows: dict[str, object]) -> list[str]:
    return [each.replace("\u00a0", " ") for each in side_by_side(PROGRAMME, TABLE, rows)]


def test_each_year_is_told_with_whom_it_is_of_and_how_many_and_the_reason_once():
    one, other = (
        compared(2022, "everyone", 17, is_comparable=False),
        compared(2023, "used_something", 49, is_comparable=False),
    )
    assert said(one, one, other) == [
        (
            "Åren står bredvid varandra men kan inte jämföras. 2022: alla som svarat (N = 17). "
            f"2023: mottagare som använt något av bidraget (N = 49). {WHY}"
        )
    ]


def test_a_year_in_which_it_was_not_asked_is_told_as_such_and_bases_that_differ_as_a_span():
    rows = [
        compared(2022, None, None, is_comparable=False),
        compared(2023, "everyone", 49, is_comparable=False),
        compared(2023, "everyone", 47, is_comparable=False),
    ]
    assert "2022: frågan ställdes inte. 2023: alla som svarat (N = 47–49)." in said(*rows)[0]


def test_years_that_can_be_compared_and_tables_that_compare_none_have_no_such_word():
    assert (
        said(compared(2022, "everyone", 17, is_comparable=True), compared(2023, "everyone", 49, is_comparable=True))
        == []
    )
    other = PROGRAMME.reports["fordjupning_2024"].tables[6]
    assert list(side_by_side(PROGRAMME, other, [compared(2022, "everyone", 17, is_comparable=False)])) == []
