"""Names as a Swedish reader looks them up."""

from schemas.words.alphabet import alphabetical


def in_order(*names: str) -> list[str]:
    return sorted(names, key=alphabetical)


def test_the_three_last_letters_come_last_and_in_their_order():
    assert in_order("Ödeshög", "Älmhult", "Åstorp", "Zinkgruvan") == ["Zinkgruvan", "Åstorp", "Älmhult", "Ödeshög"]


def test_w_is_a_letter_after_v():
    assert in_order("Wången", "Vänersborg", "Vadstena", "Xstad") == ["Vadstena", "Vänersborg", "Wången", "Xstad"]


def test_capitals_accents_and_letters_of_neighbours_are_where_a_reader_looks():
    assert in_order("Übbe", "Yxhult", "zorn", "Ærö", "élan", "Ek") == ["Ek", "élan", "Übbe", "Yxhult", "zorn", "Ærö"]


def test_a_letter_with_its_ring_apart_is_the_same_letter():
    assert alphabetical("A\u030astorp") == alphabetical("Åstorp")
