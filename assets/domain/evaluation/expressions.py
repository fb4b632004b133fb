"""The expression that a printed cell is: `statsbidrag figure` gives its value from the published tables again.

The language is declared in `assets.domain.figures`; here are only the words for what a table can print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from keyword import iskeyword
from typing import Any

from assets.domain.evaluation.left_out import TOGETHER
from schemas.configuration.indicators import Indicators
from schemas.configuration.reports import TableColumn, TableRows
from schemas.words.vocabulary import COUNTY, EVERYONE, GRANT_SIZE, GROUP, SHARE

Record = Mapping[str, Any]

APPROVED = "outcome in [approved, partly_approved, approved_wholly_or_partly]"
BY_YEAR = {
    "out_grant_by_year": {
        "recipient_count": "count(recipients({year}))",
        "granted_sek": "sek(granted({year}))",
        "used_sek": "sek(used({year}))",
        "reported_granted_sek": "sek(granted({year}, reported))",
        "unused_sek": "sek(unused({year}, reported))",
        "unused_percent": "share(unused({year}, reported), of=granted({year}, reported))",
        "repaid_after_recovery_sek": "sek(repaid_after_recovery({year}, known(repaid_after_recovery)))",
        "used_all_count": "count(recipients({year}, reported and unused == 0))",
        "used_part_count": "count(recipients({year}, reported and unused > 0 and unused < granted))",
        "used_nothing_count": "count(recipients({year}, reported and unused > 0 and unused >= granted))",
        "without_report_count": "count(recipients({year}, without_report))",
        "use_unknown_count": "count(recipients({year}, not reported and not without_report))",
        "left_out_count": "count(grants({year}, not reported))",
    },
    "out_funds_by_year": {
        "available_sek": "sek(available({year}))",
        "administration_sek": "sek(administration({year}))",
        "distributable_sek": "sek(distributable({year}))",
        "granted_sek": "sek(granted({year}))",
        "undistributed_sek": "sek(undistributed({year}))",
    },
    "out_application_by_year": {
        "application_count": "count(applications({year}))",
        "approved_count": f"count(applications({{year}}, {APPROVED}))",
        "rejected_count": "count(applications({year}, outcome == rejected))",
        "dismissed_count": "count(applications({year}, outcome == dismissed))",
        "withdrawn_count": "count(applications({year}, outcome == withdrawn))",
        "approval_percent": f"share(applications({{year}}, {APPROVED}))",
    },
}
OF_ANSWERS = {
    "numerator": "count(answered({asked}))",
    "denominator": "count(base(answered({asked})))",
    "percent": "share(answered({asked}))",
    "asked_count": "count(asked({asked}))",
    "blank_count": "count(blank({asked}))",
}
OF_MONEY = {
    "denominator": "sek(granted({year}, among=base(answered({asked}))))",
    "percent": "share(granted({year}, among=answered({asked})), of=granted({year}, among=base(answered({asked}))))",
}
OF_RATINGS = {
    "value": "mean(answered({asked}))",
    "answer_count": "count(answered({asked}))",
    "blank_count": "count(blank({asked}))",
}
OF_AMOUNTS = {
    "value": "sek(amounts({asked}))",
    "total": "sek(amounts({asked}))",
    "answer_count": "count(amounts({asked}))",
    "blank_count": "count(blank({asked}))",
}
OF_GROUP = {
    "reported_granted_sek": "sek(granted({year}, reported, among={among}))",
    "left_out_count": "count(grants({year}, not reported, among={among}))",
    "recipient_count": "count({among})",
    "granted_sek": "sek(granted({year}, among={among}))",
    "used_sek": "sek(used({year}, among={among}))",
    "unused_sek": "sek(unused({year}, reported, among={among}))",
    "unused_percent": "share(unused({year}, reported, among={among}), of=granted({year}, reported, among={among}))",
}


def expression_of(rows: TableRows, column: TableColumn, key: str, declared: Indicators) -> str | None:
    """The expression of the cell in a column and in the row of a key; None where no figure is printed, or a bound.

    Args: declared: the programme's groups, sizes of grants and comparisons.
    """
    match rows.kind:
        case "table":
            return _filled(BY_YEAR[str(rows.table)], column, year=key)
        case "grants_by":
            return _filled(OF_GROUP, column, year=rows.year, among=_category(str(rows.grants_by), key, rows, declared))
        case "comparison":
            compared = declared.comparisons[str(rows.comparison)]
            asked = _asked(column.year, compared.question, compared.options[key].any_of)
            return _filled(OF_ANSWERS, column, asked=asked)
        case "indicator":
            return _of_indicator(rows, column, key, declared)
    return _of_numbers(rows, column, key, declared)


def _of_indicator(rows: TableRows, column: TableColumn, key: str, declared: Indicators) -> str | None:
    among = _category(column.across, str(column.category), rows, declared) if column.across else None
    asked = _asked(rows.year, str(rows.indicator), [key], among)
    return _filled(OF_ANSWERS if column.measure == SHARE else OF_MONEY, column, year=rows.year, asked=asked)


def _of_numbers(rows: TableRows, column: TableColumn, key: str, declared: Indicators) -> str | None:
    """Means and sums: of all options together in a category, or else of the option that the row is."""
    among = _category(rows.across, key, rows, declared) if rows.across else None
    if rows.mean_of:
        return _filled(OF_RATINGS, column, asked=_asked(rows.year, rows.mean_of, (), among))
    options = () if rows.across or key == TOGETHER else (key,)
    return _filled(OF_AMOUNTS, column, asked=_asked(rows.year, str(rows.sum_of), options, among))


def _filled(of: Mapping[str, str], column: TableColumn, **values: object) -> str | None:
    template = of.get(column.value)
    return template and template.format_map(values)


def _asked(year: int | None, question: str, options: Iterable[str], among: str | None = None) -> str:
    """What stands in the parentheses of `answered`."""
    listed = ", ".join(map(_word, options))
    parts = [str(year), _word(question), f"any=[{listed}]" if listed else "", f"among={among}" if among else ""]
    return ", ".join(filter(None, parts))


def _word(name: str) -> str:
    """A name as it may stand in an expression: in quotes where Python's grammar has it for something else."""
    is_plain = name.isdecimal() or (name.isidentifier() and not iskeyword(name))
    return name if is_plain else f'"{name}"'


def _category(across: str, category: str, rows: TableRows, declared: Indicators) -> str | None:
    """Those that are in a category: of the recipients, or of those that answered another question so."""
    if across == EVERYONE:
        return None
    if across not in (COUNTY, GROUP, GRANT_SIZE):
        return f"answered({_asked(rows.year, across, [category])})"
    return f"recipients({rows.year}, {_condition(across, category, declared)})"


def _condition(across: str, category: str, declared: Indicators) -> str:
    if across == COUNTY:
        return f'county_code == "{category}"'
    if across == GRANT_SIZE:
        bounds = (0, *declared.grant_sizes)
        above = bounds[bounds.index(int(category)) + 1 :]
        return f"granted >= {category}" + (f" and granted < {above[0]}" if above else "")
    named = declared.groups.get(category)
    codes = named.codes if named else [code for group in declared.groups.values() for code in group.codes]
    listed = ", ".join(f'"{code}"' for code in codes)
    return f"recipient {'in' if named else 'not in'} [{listed}]"
