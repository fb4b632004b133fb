"""XML and JSON: each submission a row, each leaf a column under its path; what is no such file is one sentence."""

import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pipelines import settings
from pipelines.readers import child
from pipelines.readers.confined import Refused
from pipelines.readers.limits import Limits
from pipelines.readers.nested_child import joined, rows
from pipelines.readers.nested_file import read_nested
from pipelines.readers.unreadable import Unreadable
from schemas.words.vocabulary import LANGUAGES

Cells = list[list[Any]]
LIMITS = Limits()

INSTANCE = """<FlowInstance xmlns="http://www.oeplatform.org/version/2.0/schemas/flowinstance">
	<Header><FlowInstanceID>{number}</FlowInstanceID></Header>
	<Values>
		<areas>
			<QueryID>7</QueryID>
			<Value>
				<![CDATA[Förtur; till bostad]]>
			</Value>
			<Value>Stöd &amp; råd</Value>
		</areas>
	</Values>
</FlowInstance>"""
PATHS = ["Header/FlowInstanceID", "Values/areas/QueryID", "Values/areas/Value"]
ANSWERS = ["7", "Förtur; till bostad\nStöd & råd"]


def read(content: str | bytes, kind: str) -> Cells:
    content = content.encode() if isinstance(content, str) else content
    return [list(row) for row in read_nested(content, kind)[0].rows]


def instances(*numbers: int) -> str:
    return f"<FlowInstances>{''.join(INSTANCE.format(number=each) for each in numbers)}</FlowInstances>"


def zipped(**files: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def test_one_instance_in_a_file_is_one_row():
    assert read(INSTANCE.format(number=1), ".xml") == [PATHS, ["1", *ANSWERS]]


def test_every_instance_in_a_file_is_a_row_in_their_order():
    for numbers in [(5,), (5, 6, 7)]:
        assert read(instances(*numbers), ".xml") == [PATHS, *([str(each), *ANSWERS] for each in numbers)], numbers


def test_every_file_of_an_archive_is_read_in_order_of_name_and_named():
    content = zipped(b_xml=instances(2, 3), a_xml=INSTANCE.format(number=1))
    named = [("a.xml", "1"), ("b.xml", "2"), ("b.xml", "3")]
    assert read(content, ".zip") == [["/file", *PATHS], *([file, number, *ANSWERS] for file, number in named)]


def test_the_submissions_of_json_are_a_list_or_stand_in_an_object():
    for around in ["{}", '{{"meta": {{"sent": "2024-02-01"}}, "data": {}}}']:
        found = read(around.format('[{"id": 1, "a": {"b": ["x", "y"]}}, {"id": 2.50, "c": null}]'), ".json")
        own = [["id", "a/b", "c"], [1, "x\ny", None], [Decimal("2.50"), None, ""]]
        sent = ["/meta/sent", *["2024-02-01"] * 2]
        assert found == (
            [[first, *rest] for first, rest in zip(sent, own, strict=True)] if "meta" in around else own
        ), around


def test_an_object_alone_is_one_submission():
    assert read('{"a": {"b": true}, "c": 100000000000000000001}', ".json") == [
        ["a/b", "c"],
        [True, 100000000000000000001],
    ]


def test_the_groups_of_a_repetition_are_numbered_from_the_second():
    expected = [["k/n", "k/m", "k[2]/n"], ["A", "1", "B"]]
    assert read('[{"k": [{"n": "A", "m": "1"}, {"n": "B"}]}]', ".json") == expected
    assert read("<r><x/><k><n>A</n><m>1</m></k><k><n>B</n></k></r>", ".xml") == [
        ["x", *expected[0]],
        ["", *expected[1]],
    ]


def test_repeated_values_with_attributes_keep_both_in_order():
    assert read("<r><o>0</o><v id='3'>Ja</v><v id='4'>Nej</v></r>", ".xml") == [
        ["o", "v/@id", "v"],
        ["0", "3\n4", "Ja\nNej"],
    ]


def test_a_name_may_hold_a_slash_where_it_is_no_path_of_another_value():
    assert read('[{"Hyresvärd/bolag": 1}]', ".json") == [["Hyresvärd/bolag"], [1]]


def test_xml_is_read_in_the_encoding_that_it_declares_however_badly():
    for declaration, encoding, told in [
        ("", "utf-8", "utf-8"),
        ('<?xml version="1.0"encoding="UTF_8" standalone="no"?>', "utf-8", "utf-8"),
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "utf-8-sig", "utf-8-sig"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "latin-1", "cp1252"),
        ('\n<?xml version="1.0" encoding="windows-1252"?>', "cp1252", "cp1252"),
    ]:
        sheet, found = read_nested(f"{declaration}<r><a>Åmål é</a><b/></r>".encode(encoding), ".xml")
        assert (list(sheet.rows[1]), found) == (["Åmål é", ""], told), declaration


BOMB = '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><r><v>&b;</v></r>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r><v>&a;</v></r>'


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"", ".json", "json_broken 1"),
        (b'[\n{"a": 1},\n{"a": }]', ".json", "json_broken 3"),
        (b'[{"a": 1}', ".json", "json_broken 1"),
        (b'[{"a": 1, "a": 2}]', ".json", "json_key_twice a"),
        (b'[{"a": NaN}]', ".json", "json_no_number NaN"),
        (b'[{"a": -Infinity}]', ".json", "json_no_number -Infinity"),
        (b'[{"a": "\xe5"}]', ".json", "not_encoded 1"),
        ('[{"a": 1}]'.encode("utf-16"), ".json", "not_encoded 1"),
        ('[{"a": 1}]'.encode("utf-16-le"), ".json", "null_characters"),
        (b'[{"a": "x\\u0000"}]', ".json", "null_in_cell"),
        (b'[{"a\\u0000": "x"}]', ".json", "null_in_cell"),
        (b'[{"a": "\\ud83d"}]', ".json", "half_a_letter"),
        (b"[1, 2]", ".json", "no_submissions"),
        (b'[{"a": 1e999}]', ".json", "json_number_long 300"),
        (b'[{"a": 1' + b"0" * 300 + b"}]", ".json", "json_number_long 300"),
        (b'{"a": 1}\n{"a": 2]', ".jsonl", "json_broken 2"),
        (zipped(**{"../a_json": "[]"}), ".zip", "zip_path"),
        (b'[{"a": 1}, 5]', ".json", "no_submissions"),
        (b'"x"', ".json", "no_submissions"),
        (b'[{"": 1}]', ".json", "name_empty"),
        (b'{"x": 5, "l": [{"": {"x": 1}}, {"a": 1}]}', ".json", "name_empty"),
        (b'[{"a/b": 1}, {"a": {"b": 2}}]', ".json", "path_shared a/b"),
        (b'[{"k": [{"n": 1}, {"n": 2}], "k[2]": {"n": 3}}]', ".json", "path_shared k[2]/n"),
        (b"[" * 100_000, ".json", "too_deep 100"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, ".json", "too_deep 100"),
        (b"", ".xml", "xml_broken 1"),
        (b"<r>\n<a>\n</r>", ".xml", "xml_broken 3"),
        (b'<?xml version="1.0"\n encoding="UTF-8"?>\n<r><a></r>', ".xml", "xml_broken 3"),
        (b"<r>x</r>", ".xml", "name_empty"),
        (b"<r><a>1</a>mellan<b>2</b></r>", ".xml", "xml_mixed r"),
        (b"<r><a>\xe5</a></r>", ".xml", "not_encoded 1"),
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<r><a>\xe5</a></r>', ".xml", "not_encoded 2"),
        (b'<?xml version="1.0" encoding="KOI8-R"?><r><a>1</a></r>', ".xml", "encoding_unknown KOI8-R"),
        (b"<r><a>\x00</a></r>", ".xml", "null_characters"),
        (b"<a>" * 5000 + b"</a>" * 5000, ".xml", "too_deep 100"),
        (BOMB.encode(), ".xml", "xml_dtd"),
        (OUTSIDE.encode(), ".xml", "xml_dtd"),
        (b"PK\x03\x04", ".zip", "archive_damaged"),
        (zipped(a_xml="<r><a>1</a><b/></r>", bild_png=b"x"), ".zip", "no_submission_file bild.png"),
        (zipped(a_json='{"a": 1}', b_json="{"), ".zip", "json_broken 1"),
        (zipped(a_json='[{"a": 1}]', b_json='{"file": 1, "l": [{"a": 2}]}'), ".zip", "path_shared /file"),
    ],
)
def test_what_is_no_submission_is_one_reason(content: bytes, kind: str, reason: str):
    with pytest.raises(Unreadable) as raised:
        read(content, kind)
    name, _, limit = reason.partition(" ")
    assert (raised.value.why.name, str(raised.value.why.limit or "")) == (name, limit)
    for language in LANGUAGES:
        assert not set("\n{}") & set(raised.value.why.sentence(language))


@pytest.mark.parametrize("content", ["{", '{"a": 1}\udce5', '[{"a": "\x00"}]'])
def test_of_an_archive_the_file_that_cannot_be_read_is_named(content: str):
    archive = zipped(a_json='{"a": 1}', b_json=content.encode("utf-8", "surrogateescape"))
    with pytest.raises(Unreadable) as raised:
        read(archive, ".zip")
    assert raised.value.within == "b.json"


@pytest.mark.parametrize(
    ("bound", "value", "content", "kind", "reason"),
    [
        ("text_mib", 1, b'[{"a": 12}]' + b" " * 1024 * 1024, ".json", "file_too_large"),
        ("text_mib", 1, zipped(a_json='[{"a": 12}]' + " " * 1024 * 1024), ".zip", "too_large"),
        ("archive_files", 1, zipped(a_json="[]", b_json="[]"), ".zip", "too_many_files"),
    ],
)
def test_what_is_too_large_is_refused_unread(  # noqa: PLR0913, PLR0917 - one argument per column
    bound: str, value: int, content: bytes, kind: str, reason: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(settings.LIMITS, f"{bound}={value}")
    with pytest.raises(Unreadable, match=reason):
        read(content, kind)


def flat(*documents: tuple[str, str, str], most: Limits = LIMITS) -> Cells:
    """What the child makes of documents, here."""
    return list(rows(documents, most))


def test_as_many_cells_as_the_limit_are_read_and_no_more():
    most = replace(LIMITS, workbook_cells=4)
    assert len(flat(("", ".json", '[{"a": 1, "b": 2}, {"a": 3, "b": 4}]'), most=most)) == 3
    with pytest.raises(Refused, match="too_many_cells"):
        flat(("", ".json", '[{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a": 5}]'), most=most)


def test_what_stands_around_many_submissions_is_counted_as_often_as_it_is_written():
    most = replace(LIMITS, characters=30)
    text = '{"sent": "0123456789", "l": [{"a": "1"}, {"a": "1"}%s]}'
    assert len(flat(("", ".json", text % ""), most=most)) == 3
    with pytest.raises(Refused, match="too_many_characters"):
        flat(("", ".json", text % ', {"a": "1"}'), most=most)


def test_objects_one_below_the_other_are_submissions_whatever_the_file_is_called():
    for kind in (".json", ".jsonl", ".ndjson"):
        assert read('{"a": 1}\n\n{"a": 2}\n', kind) == [["a"], [1], [2]], kind


def test_a_number_is_a_number_and_its_point_the_decimal_mark():
    [_, cells] = read('[{"a": 412.375, "b": 99.125, "c": 7, "d": true, "e": "7", "f": 1e3}]', ".json")
    expected = [Decimal("412.375"), Decimal("99.125"), 7, True, "7", Decimal(1000)]
    assert cells == expected
    assert list(map(type, cells)) == list(map(type, expected))


def test_a_broken_declaration_is_read_and_remembered():
    for declaration, is_broken in [
        ("", False),
        ('<?xml version="1.0"?>', False),
        ("<?xml version='1.0' encoding='utf-8' standalone='yes' ?>", False),
        ('<?xml version="1.0"encoding="UTF_8" standalone="no"?>', True),
        ('\n<?xml version="1.0"?>', True),
    ]:
        sheet, _ = read_nested(f"{declaration}<r><a>1</a><b/></r>".encode(), ".xml")
        assert sheet.is_declared_badly == is_broken, declaration


def test_a_file_that_kills_its_reader_does_not_take_us_along(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(child, "START", "import os; os.abort()")
    with pytest.raises(Unreadable, match="too_costly"):
        read("[]", ".json")


def test_a_file_without_submissions_has_no_cells():
    for content, kind in [("[]", ".json"), ("[{}]", ".json"), ("<r/>", ".xml"), ("<r> </r>", ".xml")]:
        assert [cell for row in read(content, kind) for cell in row] == [], content


# -- nothing is lost ------------------------------------------------------------------------------------------------
NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/["), min_size=1, max_size=6)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=8),
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=20
)
SUBMISSIONS = st.dictionaries(NAMES.filter(str.strip), TREES, min_size=1, max_size=4)


def as_written(tree: Any) -> Any:
    """What a tree says: values, repeated ones in a text; one group is itself, repeated or not; nothing is "" there."""
    if isinstance(tree, dict) and tree:
        return {name: as_written(each) for name, each in tree.items()}
    if not (isinstance(tree, list) and tree):
        return tree if isinstance(tree, bool | int) else tree or ""
    items = [as_written(each) for each in tree]
    if not any(isinstance(each, list | dict) for each in tree):
        return joined([json.dumps(each) if isinstance(each, bool | int) else each for each in items])
    return items if len(items) > 1 or isinstance(tree[0], list) else items[0]


def values_of(cell: str) -> list[str]:
    """The values of a cell, one a line."""
    values, rest = [], cell
    while True:
        if rest.startswith('"'):
            end = next(at for at in range(1, len(rest)) if _ends(rest, at))
            values.append(rest[1:end].replace('""', '"'))
            rest = rest[end + 1 :]
        else:
            value, mark, below = rest.partition("\n")
            values.append(value)
            rest = mark + below
        if not rest:
            return values
        rest = rest[1:]


def _ends(text: str, at: int) -> bool:
    marks = len(text[1 : at + 1]) - len(text[1 : at + 1].rstrip('"'))
    return marks % 2 == 1 and text[at + 1 : at + 2] in ("", "\n")


@given(st.lists(st.text(alphabet='ab;"\n '), min_size=2, max_size=5))
def test_repeated_values_can_be_told_apart_in_their_cell(values: list[str]):
    assert values_of(joined(values)) == values


def rebuilt(cells: dict[str, str]) -> Any:
    """A submission from its paths and cells alone."""
    top: dict[Any, Any] = {}
    for path, cell in cells.items():
        here = top
        for part in path.split("/"):
            name, *numbers = part.split("[")
            for step in (name, *(int(number[:-1]) for number in numbers)):
                here = here.setdefault(step, {})
        here[None] = cell
    return _tree_of(top)


def _tree_of(node: dict[Any, Any]) -> Any:
    numbered = {step: each for step, each in node.items() if isinstance(step, int)}
    first = {step: each for step, each in node.items() if not isinstance(step, int)}
    if numbered:
        return [*([_tree_of(first)] if first else []), *(_tree_of(numbered[step]) for step in sorted(numbered))]
    return node[None] if None in node else {step: _tree_of(each) for step, each in first.items()}


@given(SUBMISSIONS)
def test_whatever_is_nested_can_be_rebuilt_from_its_row(submission: dict[str, Any]):
    headers, cells = flat(("", ".json", json.dumps([submission])))
    found = {name: cell for name, cell in zip(headers, cells, strict=True) if cell is not None}
    assert rebuilt(found) == as_written(submission)


@given(st.lists(SUBMISSIONS, min_size=1, max_size=4))
def test_each_of_several_submissions_is_read_as_it_is_alone(several: list[dict[str, Any]]):
    headers, *found = flat(("", ".json", json.dumps(several)))
    for submission, cells in zip(several, found, strict=True):
        alone_headers, alone = flat(("", ".json", json.dumps([submission])))
        there = {name: cell for name, cell in zip(headers, cells, strict=True) if cell is not None}
        assert there == dict(zip(alone_headers, alone, strict=True))
