"""The specification's page says what its tests say."""

from tests.specification import FOLDER, PAGE, page


def test_the_page_is_that_of_the_present_tests():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_file_of_the_specification_has_a_chapter_that_says_something():
    chapters = page().split("\n## ")[1:]
    assert len(chapters) == len(list(FOLDER.glob("test_*.py")))
    assert all("\n- " in chapter for chapter in chapters)
