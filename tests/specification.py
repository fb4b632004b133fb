"""The specification as a page: what every file of tests/spec says of the grant, and what each of its tests shows.

`python -m tests.specification` writes docs/specification.md; a test holds that the page is that of the present tests.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "spec"
PAGE = Path(__file__).parents[1] / "docs" / "specification.md"
INTRODUCTION = """# The specification

What the system does with a grant, rule by rule: each sentence is a test in `tests/spec`, written in tables and
arithmetic that a case officer can read. The page is made of them (`make docs`).
"""


def page() -> str:
    """The whole page."""
    chapters = [chapter for path in sorted(FOLDER.glob("test_*.py")) for chapter in _chapter(path)]
    return "\n".join([INTRODUCTION, *chapters])


def _chapter(path: Path) -> Iterator[str]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    title, _, rest = (ast.get_docstring(module) or path.stem).partition("\n")
    yield f"## {title.rstrip('.:')}\n"
    if rest.strip():
        yield f"{' '.join(rest.split())}\n"
    yield from (_sentence(each) for each in module.body if _is_test(each))
    yield f"\n<small>`tests/spec/{path.name}`</small>\n"


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _sentence(node: ast.stmt) -> str:
    assert isinstance(node, ast.FunctionDef)
    said = node.name.removeprefix("test_").replace("_", " ")
    more = " ".join((ast.get_docstring(node) or "").split())
    return f"- {said[0].upper()}{said[1:]}." + (f" {more}" if more else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
