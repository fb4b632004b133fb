"""The language that a command speaks: decided once, before anything is said, and click's own words in it as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise

import click
import click.decorators

from pipelines.settings import LANGUAGE
from schemas.texts.catalogue import text, translations
from schemas.words.vocabulary import LANGUAGES, Language

DEFAULT: Language = "sv"
OPTION = "--language"
CLICKS = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)
"""The modules of click that say something to a person; each takes its words from gettext by the names below."""

_spoken: ContextVar[Language] = ContextVar("language", default=DEFAULT)


class UnknownLanguage(Exception):  # noqa: N818 - a sentence to a person
    """The environment asks for a language that there is not; the sentence says so."""

    def __init__(self, value: str) -> None:
        """Refuse this value, in the default language."""
        known = f" {text('use_or', DEFAULT)} ".join(LANGUAGES)
        super().__init__(text("use_language", DEFAULT).format(value=value, known=known))


def language() -> Language:
    """The language of this command."""
    return _spoken.get()


def told(name: str, /, **values: object) -> str:
    """A text of the catalogue in the language of this command, with its values filled in."""
    return text(name, language()).format_map(values)


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language that the arguments ask for, or else the environment. Raises: UnknownLanguage of the environment."""
    if (asked := _asked(arguments)) in LANGUAGES:
        return asked
    value = environment.get(LANGUAGE) or DEFAULT
    if value not in LANGUAGES:
        raise UnknownLanguage(value)
    return value


def _asked(arguments: Sequence[str]) -> str | None:
    """What stands at --language. That it may be wrong is told when the arguments are read."""
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    found = [value for option, value in pairwise(options) if option == OPTION]
    found += [option.partition("=")[2] for option in options if option.startswith(f"{OPTION}=")]
    return found[-1] if found else None


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """Speak this language, and have click speak it."""
    token = _spoken.set(spoken)
    words = {} if spoken == "en" else translations()
    before = [
        (module, name, vars(module)[name]) for module in CLICKS for name in ("_", "ngettext") if name in vars(module)
    ]

    def one(message: str) -> str:
        return words.get(message, message)

    def some(single: str, several: str, count: int) -> str:
        return one(single if count == 1 else several)

    try:
        for module, name, _ in before:
            setattr(module, name, one if name == "_" else some)
        yield
    finally:
        for module, name, function in before:
            setattr(module, name, function)
        _spoken.reset(token)
