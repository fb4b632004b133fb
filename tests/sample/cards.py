"""The source card beside each generated file: where it comes from, whether it is real, and its hash."""

import hashlib

import yaml

from tests.sample.inputs import HERE, load_yaml

CARD_SUFFIX = ".card.yaml"
DATES = ("date", "complete_through", "closed", "known_from", "date_note")
KEYS = ("language", "title", "origin", "sender", *DATES, "reality", "licence", "note")
LINE_WIDTH = 110


def card_bytes(name: str, content: bytes) -> bytes:
    """The card of one file, its keys in one order for all files, the hash last."""
    declared = load_yaml(HERE / "cards.yaml")["cards"][name]
    card = {key: declared[key] for key in KEYS if key in declared}
    card["sha256"] = hashlib.sha256(content).hexdigest()
    return yaml_bytes(card)


def yaml_bytes(content: object) -> bytes:
    """YAML for people: its keys in the order given, letters as they are."""
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)
    return text.encode("utf-8")
