"""A form that reads an inspected file as it stands: YAML with marks where it is guessed, its questions as comments."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from pipelines.inquiries import inspection_tools as tools
from pipelines.inquiries.inspection import Inspected
from pipelines.inquiries.inspection_columns import COUNTY, LABEL, RECIPIENT, RESPONDENT, SUBMITTED, Column, preference
from pipelines.inquiries.inspection_dates import is_doubtful
from pipelines.inquiries.inspection_values import AMOUNT, DATE, EMPTY, MULTIPLE, RATING, SINGLE
from pipelines.inquiries.yaml_text import comment, quoted, slug
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

MONEY = re.compile(
    r"(.*[\W_])?(kr|kronor|sek|belopp\w*|kostnad\w*|amount|medel|bidrag\w*|budget|grant\w*|costs?)([\W_].*)?",
    re.IGNORECASE,
)
OTHER = "other_answer"
YAML_WORDS = ("on", "off", "yes", "no", "y", "n", "true", "false", "null")
SURE = 0.7
"""A guess that is less sure than this is marked."""

LETTERS, LONGEST_TITLE = 2, 200
INDENT = "  "


@dataclass(frozen=True)
class Asked:
    """A question of the draft: its keys as a form has them, its options by id, and how sure it is."""

    name: str
    title: str
    type: str
    keys: dict[str, str]
    options: dict[str, str]
    guesses: Sequence[str] = field(default_factory=tuple)


def draft(inspected: Inspected, language: Language) -> str:
    """The draft as a file of `forms/`. Raises: Stop if the file has no headers that a form could know it by."""
    if not inspected.layout.header_rows or not any(column.header for column in inspected.columns):
        raise Stop("draft_without_headers", file=inspected.file)
    return "\n".join(_Draft(inspected, language).lines()) + "\n"


class _Draft:
    """One draft, made once."""

    def __init__(self, inspected: Inspected, language: Language) -> None:
        self.inspected, self.language = inspected, language
        seen = Counter(column.header for column in inspected.columns)
        self.twice = {header for header, count in seen.items() if count > 1}
        self.fields = dict(self._fields())
        self.taken: set[str] = set()
        self.asked = list(self._asked())

    def told(self, name: str, **values: object) -> str:
        return text(f"inspect_draft_{name}", self.language).format(**values)

    # -- the form ---------------------------------------------------------------------------------------------------
    def lines(self) -> Iterator[str]:
        """The whole file."""
        stem = PurePath(self.inspected.file).stem
        yield "# yaml-language-server: $schema=../../../editor/form.schema.json"
        yield f"# {self.told('head', file=comment(self.inspected.file), tool=self.inspected.tool or '–')}"
        yield f"# {self.told('marks', mark=self.told('guess'))}"
        yield f"form: {slug(stem) or 'form'}"
        yield f"title: {{sv: {quoted(stem)}, en: {quoted(stem)}}}"
        yield f"# {self.told('fills')}"
        yield f"identity: {'recipient' if 'recipient_name' in self.fields else 'respondent'}"
        yield from self._reads()
        yield "fields:"
        yield from (f"{INDENT}{name}: {place}" for name, place in self.fields.items())
        if self.asked:
            yield "questions:"
            for asked in self.asked:
                yield from self._question(asked)
        yield from self._left_out()
        yield from self._catalogue()

    def _reads(self) -> Iterator[str]:
        keys: dict[str, str] = {}
        if self.inspected.layout.header_rows > 1:
            keys = {"header_rows": str(self.inspected.layout.header_rows), "header": self.inspected.header}
        if self.inspected.tool == tools.REDCAP and self._repeats():
            keys["completes_by"] = "respondent_id"
        if self.inspected.sheet is not None and any(each.kind == "other_sheet" for each in self.inspected.oddities):
            keys["sheet"] = quoted(self.inspected.sheet)
        if keys:
            yield f"reads: {{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"

    def _repeats(self) -> bool:
        return "respondent_id" in self.fields and any(each.kind == "id_twice" for each in self.inspected.oddities)

    def _fields(self) -> Iterator[tuple[str, str]]:
        by_role = {column.role: column for column in sorted(self.inspected.columns, key=self._rank) if column.role}
        recipient = by_role.get(RECIPIENT)
        named = recipient is not None and self._is_readable(recipient)
        if recipient and named:
            yield "recipient_name", f"{self._place(recipient)}  # {self.told('guess')}"
            if (county := by_role.get(COUNTY)) and self._is_readable(county):
                yield "county_name", self._place(county)
        respondent = by_role.get(RESPONDENT)
        if respondent or not named:
            column = respondent or self._telling_apart()
            mark = "" if respondent else f"  # {self.told('guess')}: {self.told('no_id')}"
            yield "submission_id" if named else "respondent_id", self._place(column) + mark
        if submitted := by_role.get(SUBMITTED):
            yield "submitted_at", self._date(submitted)

    def _rank(self, column: Column) -> int:
        """Among columns for the same: the one that its tool means for it comes last."""
        return -preference(column, self.inspected.tool)

    def _telling_apart(self) -> Column:
        """The column that tells rows apart best."""
        return max(
            self.inspected.columns,
            key=lambda column: (
                column.guess.type != EMPTY,
                column.role == SUBMITTED,
                _distinct(self.inspected, column),
            ),
        )

    def _is_readable(self, column: Column) -> bool:
        return bool(column.header) or len(column.letter) <= LETTERS

    def _place(self, column: Column) -> str:
        if not column.header:
            return f"{{column: {column.letter}}}"
        if column.header in self.twice:
            same = [each.position for each in self.inspected.columns if each.header == column.header]
            return f"{{header: {quoted(column.header)}, nth: {same.index(column.position) + 1}}}"
        return quoted(column.header)

    def _date(self, column: Column) -> str:
        form = column.guess.date_format
        if column.guess.type != DATE or not form:
            return self._place(column)
        place = self._place(column)
        inner = place[1:-1] if place.startswith("{") else f"header: {place}"
        values = {value for row in self.inspected.values if (value := _cell(row, column.position))}
        mark = f"  # {self.told('guess')}: {self.told('day_or_month')}" if is_doubtful(values, form) else ""
        return f"{{{inner}, date_format: {quoted(form)}}}{mark}"

    # -- questions --------------------------------------------------------------------------------------------------
    def _asked(self) -> Iterator[Asked]:
        done: set[int] = set()
        for column in self.inspected.columns:
            if column.position in done or not self._may_be_asked(column):
                continue
            if column.stem is not None:
                members = [
                    each for each in self.inspected.columns if each.stem == column.stem and self._may_be_asked(each)
                ]
                done.update(each.position for each in members)
                yield from self._several_columns(column.stem, members)
            elif column.guess.type in (SINGLE, RATING, MULTIPLE) and column.guess.options:
                yield self._one_column(column)
        if amounts := [each for each in self.inspected.columns if self._is_money(each)]:
            keys = {"layout": "amount_per_option", "header": quoted("{option}")}
            options = self._ids([each.header for each in amounts])
            title = self.told("amounts_title")
            yield Asked(self._name("amounts"), title, "amounts", keys, options, [self.told("amounts")])

    def _may_be_asked(self, column: Column) -> bool:
        """Whether a header of its own tells the column: a question has no other way."""
        return bool(column.header) and column.role is None and column.header not in self.twice

    def _is_money(self, column: Column) -> bool:
        is_asked = column.guess.type == AMOUNT and self._may_be_asked(column)
        return bool(is_asked and MONEY.fullmatch(column.header))

    def _one_column(self, column: Column) -> Asked:
        guess, is_joined = column.guess, column.guess.type == MULTIPLE
        keys = {"layout": "joined" if is_joined else "single", "header": quoted(column.header)}
        options, guesses = list(guess.options), []
        if guess.type == RATING:
            words = [option for option in options if not option[:1].isdecimal()]
            options = [option for option in options if option not in words]
            if words:
                keys["not_asked"] = quoted(words[0])
                guesses.append(self.told("not_asked"))
        if is_joined:
            keys["separator"] = quoted(guess.separator.strip() or guess.separator)
        ids = _numbered(options) if guess.type == RATING else self._ids(options)
        if not guess.is_whole and guess.type != RATING:
            ids[OTHER] = self.told("other")
            keys["other"] = OTHER
            guesses.append(self.told("not_told", column=column.letter))
        if guess.confidence < SURE:
            guesses.append(self.told("type"))
        return Asked(self._name(column.label), column.label, guess.type, keys, ids, guesses)

    def _several_columns(self, stem: str, members: Sequence[Column]) -> Iterator[Asked]:
        coding = members[0].guess.coding
        before, after = _around([each.header for each in members], [each.option or "" for each in members])
        texts = [each.header[len(before) : len(each.header) - len(after)] for each in members]
        chosen, not_chosen = _written(coding)
        keys = {
            "layout": "column_per_option",
            "header": quoted(f"{before}{{option}}{after}"),
            "chosen": quoted(chosen),
            "not_chosen": quoted(not_chosen),
        }
        if blanks := {each.guess.not_asked for each in members if each.guess.not_asked}:
            keys["not_asked"] = quoted(min(blanks))
        guesses = [self.told("type")] if members[0].guess.confidence < SURE else []
        if coding == LABEL and any(set(each.guess.options) - {own} for each, own in zip(members, texts, strict=True)):
            yield from (self._alone(each) for each in members if each.guess.options)
            return
        ids = self._ids(texts, [each.option or each.header for each in members])
        yield Asked(self._name(stem), _question_of(members) or stem, "multiple", keys, ids, guesses)

    def _alone(self, column: Column) -> Asked:
        """An option whose cells say something else than its header: a question of its own."""
        keys = {"layout": "single", "header": quoted(column.header)}
        return Asked(
            self._name(column.header),
            column.label,
            "single",
            keys,
            self._ids(column.guess.options),
            [self.told("labels")],
        )

    def _ids(self, options: Sequence[str], called: Sequence[str] | None = None) -> dict[str, str]:
        ids: dict[str, str] = {}
        for number, (option, name) in enumerate(zip(options, called or options, strict=True), start=1):
            own = slug(name)
            ids[own if own and own not in ids and not own[0].isdecimal() else f"option_{number}"] = option
        return ids

    def _name(self, title: str) -> str:
        base = slug(title) or "question"
        base = base if base[0].isalpha() and base not in YAML_WORDS else f"q_{base}"
        name = next(
            each
            for number in range(1, 10_000)
            if (each := base if number == 1 else f"{base}_{number}") not in self.taken
        )
        self.taken.add(name)
        return name

    def _question(self, asked: Asked) -> Iterator[str]:
        for guess in asked.guesses:
            yield f"{INDENT}# {self.told('guess')}: {guess}"
        yield f"{INDENT}{asked.name}:"
        yield from (f"{INDENT * 2}{key}: {value}" for key, value in asked.keys.items())
        yield f"{INDENT * 2}base: everyone"
        yield f"{INDENT * 2}options:"
        yield from (f"{INDENT * 3}{quoted(name)}: {quoted(option)}" for name, option in asked.options.items())

    # -- what follows -----------------------------------------------------------------------------------------------
    def _left_out(self) -> Iterator[str]:
        """The columns that the form does not read, with why not."""
        read = self.fields.values()
        headers = {option for asked in self.asked for option in _headers(asked)}
        left = [
            column
            for column in self.inspected.columns
            if column.header not in headers and not any(self._place(column) in place for place in read)
        ]
        if left:
            yield f"# {self.told('left_out')}"
            for column in left:
                kind = text(f"inspect_type_{column.guess.type}", self.language)
                yield f"#   {column.letter} {comment(column.header) or '–'} ({kind})"

    def _catalogue(self) -> Iterator[str]:
        """What `questions.yaml` must say of the questions, as comments."""
        if not self.asked:
            return
        yield f"# {self.told('questions')}"
        yield "#:bases:"
        yield "#:  everyone: {sv: alla som svarat, en: everyone who answered}"
        yield "#:questions:"
        for asked in self.asked:
            title = quoted(_title(asked.title))
            yield f"#:  {asked.name}:"
            yield f"#:    sv: {title}"
            yield f"#:    en: {title}"
            yield f"#:    type: {asked.type}"
            yield "#:    options:"
            for name, option in asked.options.items():
                yield f"#:      {quoted(name)}: {{sv: {quoted(option)}, en: {quoted(option)}}}"


def _numbered(options: Sequence[str]) -> dict[str, str]:
    """The options of a rating by their numbers."""
    found = {option: re.match("[0-9]+", option) for option in options}
    return {number[0]: option for option, number in found.items() if number}


def _headers(asked: Asked) -> Iterator[str]:
    header = json.loads(asked.keys["header"])
    if asked.keys["layout"] in ("single", "joined"):
        yield header
    else:
        yield from (header.replace("{option}", option) for option in asked.options.values())


def _around(headers: Sequence[str], options: Sequence[str]) -> tuple[str, str]:
    """What stands before and after the option in every header; nothing where they have too little in common."""
    for header, option in zip(headers, options, strict=True):
        before, found, after = header.rpartition(option)
        if not found or set("{}") & set(before + after):
            continue
        if all(
            len(each) > len(before) + len(after) and each.startswith(before) and each.endswith(after)
            for each in headers
        ):
            return before, after
    return "", ""


def _question_of(members: Sequence[Column]) -> str:
    """The question above the options, where short names stand for both."""
    labels = [each.label for each in members]
    if labels == [each.header for each in members]:
        return ""
    common = labels[0]
    for label in labels:
        while not label.startswith(common):
            common = common[:-1]
    return common.strip(" -–[:")


def _written(coding: str) -> tuple[str, str]:
    """What cells hold for chosen and not chosen."""
    if coding == LABEL:
        return "{option}", ""
    if coding.endswith(" or blank"):
        return coding.removesuffix(" or blank"), ""
    one, _, other = coding.partition("/")
    return (other, one) if coding == "0/1" else (one, other)


def _distinct(inspected: Inspected, column: Column) -> int:
    return len({_cell(row, column.position) for row in inspected.values})


def _cell(row: Sequence[str | None], at: int) -> str:
    return (row[at] or "").strip() if at < len(row) else ""


def _title(words: str) -> str:
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
