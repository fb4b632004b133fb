"""Names as they are written, and the codes they mean. A wrong silent match is the worst outcome."""

from assets.domain.reading.names import FINDINGS, WORDS_OF_KIND, is_fictitious
from assets.domain.reading.register import CERTAIN
from schemas.rules.rule import rules
from tests.unit.registers import ROOT, all_of, one, register_of, small


def test_names_one_letter_apart_never_cross():
    for name, code in [
        ("Habo", "0643"),
        ("Håbo", "0305"),
        ("Linköping", "0580"),
        ("Lidköping", "1494"),
        ("Alvesta", "0764"),
        ("Avesta", "2084"),
        ("Nora", "1884"),
        ("Mora", "2062"),
    ]:
        assert one(name).recipient_code == one(f"{name}s kommun").recipient_code == code, name


def test_a_slip_half_way_between_two_bodies_is_neither():
    assert one("Likköpings kommun").recipient_code is None
    assert str(one("Likköpings kommun").suggestions).startswith("Linköping (0580), Lidköping (1494)")


def test_a_match_says_how_it_was_made_or_why_not():
    for name, how in [
        ("Gävle", "exact"),
        ("Gävle kommun", "simplified"),
        ("Borås Stad", "simplified"),
        ("Hagfors kommun", "simplified"),
        ("Malung–Sälen", "simplified"),
        ("Göteborgs stad", "genitive"),
        ("Dals-Eds kommun", "genitive"),
        ("Falu kommun*", "alias"),
        ("Region Gotland", "alias"),
        ("Norrälje kommun", "likeness"),
        ("Atlantis kommun", "unknown"),
        ("Habo och Mullsjö", "several"),
        ("Malung", "former_name"),
        ("Region Stockholm", "region"),
        ("Exempelförbundet 01", "association"),
    ]:
        assert one(name).how == how, name
        assert (one(name).recipient_code is None) == (how not in (*CERTAIN, "likeness")), name


def test_every_way_that_is_not_certain_is_found_by_a_rule():
    of_registers = {name for name in rules() if name.startswith("register_")}
    of_names = {name for name, rule in rules().items() if rule.source == "register" and rule.severity != "stop"}
    assert set(FINDINGS.values()) == of_names - of_registers - {"number_missing"}


def test_the_annex_names_map_to_54_distinct_codes_and_only_one_by_likeness():
    printed = (ROOT / "tests" / "spec" / "bilaga_1.csv").read_text(encoding="utf-8").splitlines()[1:]
    matches = all_of(*(line.split(";")[0] for line in printed))
    assert len({match.recipient_code for match in matches.values()} - {None}) == 54
    by_likeness = {name: match.recipient_code for name, match in matches.items() if match.how == "likeness"}
    assert by_likeness == {"Norrälje kommun": "0188"}


# -- by likeness ----------------------------------------------------------------------------------------------------
def test_a_match_by_likeness_says_how_like():
    # One of nine letters is missing: 1 - 1/9 = 88.9 %.
    assert (one("Norrälje").score, one("Norrälje").official_name) == (89, "Norrtälje")


def test_one_wrong_letter_in_nine_is_close_enough_and_one_in_eight_is_not():
    for name, how in [("abcdefghX", "likeness"), ("abcdefgX", "unknown")]:
        assert one(name, by=small({"0001": name.replace("X", "y")})).how == how, name


def test_two_names_with_the_same_guess_are_both_nobodys():
    matches = all_of("Norrälje", "Nortälje")
    assert {match.how for match in matches.values()} == {"taken"}
    assert {match.suggestions for match in matches.values()} == {"Norrtälje (0188)"}


def test_a_code_that_another_name_has_is_not_guessed():
    matches = all_of("Norrtälje kommun", "Norrälje kommun")
    assert {name: (match.recipient_code, match.how) for name, match in matches.items()} == {
        "Norrtälje kommun": ("0188", "simplified"),
        "Norrälje kommun": (None, "taken"),
    }


def test_one_misspelling_written_in_two_ways_is_one_guess():
    assert {match.recipient_code for match in all_of("Norrälje", "NORRÄLJE KOMMUN").values()} == {"0188"}


def test_a_name_close_to_two_bodies_is_unknown():
    assert one("abcdefghijX", by=small({"0001": "abcdefghijY", "0002": "abcdefghijZ"})).how == "unknown"


def test_a_name_as_near_to_a_short_name_as_to_a_long_one_is_unknown():
    """Eight letters are too few to guess from, but the shorter name may be the one that was meant."""
    assert one("abcdefgX", by=small({"0002": "abcdefgXy"})).how == "likeness"
    assert one("abcdefgX", by=small({"0001": "abcdefgZ", "0002": "abcdefgXy"})).how == "unknown"


def test_a_digit_is_never_a_slip():
    assert one("Exempelkommun 47").recipient_code == "9947"
    assert one("Exempelkommun 48").recipient_code is None
    assert one("Exempelkommun 1").recipient_code is None
    assert one("Exempelkommun 48", by=small({"9947": "Exempelkommun 47"})).recipient_code is None


def test_a_slip_in_the_letters_of_a_numbered_name_is_guessed_with_its_own_number():
    assert (one("Exemplekommun 12").recipient_code, one("Exemplekommun 12").how) == ("9912", "likeness")


def test_an_unknown_name_comes_with_the_nearest_three():
    four = small({"0001": "abcdX", "0002": "abcXe", "0003": "abXXe", "0004": "aXcde"})
    assert one("abcde", by=four).suggestions == "abcdX (0001), abcXe (0002), aXcde (0004)"


def test_nothing_is_suggested_of_which_half_the_letters_differ():
    # Of five letters two differ from Mora; of the rest of the register three or more do.
    assert one("Noora").suggestions == "Nora (1884), Mora (2062)"
    assert one("abcde", by=small({"0001": "abcXX"})).suggestions == "abcXX (0001)"
    assert one("abcd", by=small({"0001": "abXX"})).suggestions is None
    assert one("Atlantis").suggestions is None


def test_an_alias_outside_the_register_is_no_match():
    assert one("Falu kommun", by=small({"0114": "Upplands Väsby"})).recipient_code is None


def test_the_same_name_twice_is_one_match():
    assert len(all_of("Gävle", "Gävle")) == 1


# -- two in one cell ------------------------------------------------------------------------------------------------
def test_two_bodies_in_one_cell_are_both_suggested_and_neither_is_matched():
    for cell in [
        "Habo och Mullsjö",
        "Habo/Mullsjö",
        "Habo, Mullsjö",
        "Habo; Mullsjö",
        "Habo & Mullsjö kommuner",
        "Habo kommun samt Mullsjö kommun",
        "HABO OCH MULLSJÖ",
        "Habo + Mullsjö",
        "Habo-Mullsjö",
        "Habo – Mullsjö",
        "Habo\nMullsjö",
        "Habos och Mullsjös kommuner",
    ]:
        match = one(cell)
        assert (match.recipient_code, match.how, match.suggestions) == (
            None,
            "several",
            "Habo (0643), Mullsjö (0642)",
        ), cell


def test_a_name_of_two_parts_is_one_name():
    for name in ["Upplands-Bro", "Malung-Sälen", "Dals-Ed", "Dals – Ed", "Upplands-Bros kommun"]:
        assert one(name).how in CERTAIN, name


def test_one_body_beside_what_is_none_is_not_matched_but_suggested_first():
    for cell, how in [("Habo och Habo kommun", "unknown"), ("Habo och Atlantis", "unknown")]:
        match = one(cell)
        assert (match.recipient_code, match.how) == (None, how), cell
        assert match.suggestions == "Habo (0643)", cell


# -- other kinds ----------------------------------------------------------------------------------------------------
def test_a_region_or_an_association_is_called_what_it_is():
    for name, how, suggestions in [
        ("Region Stockholm", "region", "Region Stockholm (0001)"),
        ("REGION SKÅNES", "region", "Region Skåne (0012)"),
        ("Region Stokholm", "region", "Region Stockholm (0001)"),
        ("Västra Götalandsregionen", "region", "Västra Götalandsregionen (0014)"),
        ("Stockholms läns landsting", "region", None),
        ("Kommunalförbundet Södra Bygden", "association", None),
        ("Norra Räddningstjänstförbundet", "association", None),
        ("Fotbollsförbundet i bygden", "unknown", "…"),
        ("Regionala nätverket", "unknown", "…"),
    ]:
        match = one(name)
        assert (match.recipient_code, match.how) == (None, how), name
        assert suggestions in (match.suggestions, "…"), name


def test_no_municipality_calls_itself_something_else():
    """Else a slip in its name would be told as another kind of body."""
    names = [body.plain for body in register_of().bodies if body.kind == "municipality"]
    assert [name for name in names for words in WORDS_OF_KIND.values() if words.search(name)] == []


def test_a_grant_to_regions_is_not_for_municipalities():
    regions = register_of(2023, "region")
    assert one("Region Skåne", by=regions).recipient_code == "0012"
    assert one("Norrtälje", by=regions).how == one("Norrälje", by=regions).how == "municipality"


def test_a_misspelt_region_beside_the_right_one_is_still_a_region():
    assert all_of("Region Stockholm", "Region Stokholm")["Region Stokholm"].how == "region"


# -- county and code ------------------------------------------------------------------------------------------------
def test_a_county_spelt_in_any_way_agrees():
    for county in ["Örebro län", "örebro", "ÖREBRO LÄN", " Örebro  län ", "", "–", "Örebro\u00a0län", "Örebros län"]:
        assert one("Nora", county).recipient_code == "1884", county


def test_every_county_agrees_with_itself_without_its_closing_words_and_with_no_other():
    counties = sorted({body.county_name or "" for body in register_of().bodies} - {"Exempellän"})
    body = next(body for body in register_of().bodies if body.recipient_name == "Nora")
    for county in counties:
        for written in (county, county.upper(), county.removesuffix(" län"), county.removesuffix("s län")):
            assert (one("Nora", written).recipient_code == "1884") == (county == body.county_name), written


def test_a_name_in_a_county_that_is_not_its_own_is_not_matched():
    for county, suggestions in [
        ("Dalarnas län", "Nora (1884, Örebro län), Mora (2062, Dalarnas län)"),
        ("Atlantis län", "Nora (1884, Örebro län)"),
    ]:
        match = one("Nora", county)
        assert (match.recipient_code, match.how, match.suggestions) == (None, "county", suggestions), county


def test_a_guess_needs_a_county_that_agrees():
    assert one("Norrälje", "Stockholm").recipient_code == "0188"
    assert one("Norrälje", "Uppsala").recipient_code is None
    assert str(one("Norrälje", "Uppsala").suggestions).startswith("Norrtälje (0188)")


def test_a_county_makes_no_guess_better():
    """Likköping is as near to Lidköping, in another county: the county may be the slip."""
    assert one("Likköping", "Östergötlands län").recipient_code is None


def test_a_code_agrees_also_without_the_zero_that_spreadsheets_drop():
    for code in ["0643", "643"]:
        assert one("Habo", code=code).recipient_code == "0643", code


def test_a_name_beside_the_code_of_another_is_not_matched():
    for code, suggestions in [
        ("0305", "Habo (0643), Håbo (0305)"),
        ("305", "Habo (0643), Håbo (0305)"),
        ("0644", "Habo (0643)"),
        ("6430", "Habo (0643)"),
        ("Habo", "Habo (0643)"),
        ("1917", "Habo (0643), Heby (1917, –2006-12-31)"),
    ]:
        match = one("Habo", code=code)
        assert (match.recipient_code, match.how, match.suggestions) == (None, "code", suggestions), code


def test_a_guess_needs_a_code_that_agrees():
    assert one("Norrälje", code="0188").how == "likeness"
    assert one("Norrälje", code="0187").recipient_code is None


def test_a_code_alone_is_no_match_but_is_suggested_first():
    match = one("Atlantis", code="0188")
    assert (match.recipient_code, match.how) == (None, "unknown")
    assert match.suggestions == "Norrtälje (0188)"


# -- a code in the name -----------------------------------------------------------------------------------------------
def test_a_name_beside_its_own_code_is_certain_in_any_order_and_whatever_is_around():
    for written, code in [
        ("0114 Upplands Väsby", "0114"),
        ("114 Upplands Väsby", "0114"),
        ("Ale (1440)", "1440"),
        ("Ale kommun [kommunkod: 1440]", "1440"),
        ("1440 - Ale kommun", "1440"),
        ("SE-1440 Ale", "1440"),
        ("Lunds kommun (1281)", "1281"),
        ("Göteborg 1480", "1480"),
        ("Falu kommun 2080", "2080"),
        ("0305 Håbo", "0305"),
        ("0643 Habo", "0643"),
        ("Socialnämnden i Ale kommun, 1440", "1440"),
        ("Västra Götalands län, Ale, 1440", "1440"),
    ]:
        match = one(written)
        assert (match.recipient_code, match.written.recipient_name) == (code, written), written
        assert match.how in CERTAIN[1:], written


def test_a_name_beside_the_code_of_another_in_one_cell_is_a_finding():
    for written, suggestions in [
        ("0643 Håbo", "Håbo (0305), Habo (0643)"),
        ("Ale 2019", "Ale (1440)"),
        ("Socialnämnden i Ale 1480", "Ale (1440), Göteborg (1480)"),
        ("Ale (2023)", "Ale (1440), Malung-Sälen (2023), Malung (2023, –2007-12-31)"),
    ]:
        match = one(written)
        assert (match.recipient_code, match.how, match.suggestions) == (None, "code_in_name", suggestions), written
    assert FINDINGS["code_in_name"] == "code_differs"
    assert one("Ale (1440)", code="1480").how == "code"


def test_a_misspelt_name_beside_its_code_is_a_guess_and_beside_another_none():
    assert (one("Norrälje (0188)").recipient_code, one("Norrälje (0188)").how) == ("0188", "likeness")
    assert one("Norrälje (0187)").recipient_code is None


def test_a_code_makes_no_body_of_two_of_another_kind_or_of_a_company():
    for written, how in [
        ("Habo och Mullsjö 0643", "several"),
        ("Habo (0643), Mullsjö (0642)", "several"),
        ("Kommunalförbundet Ale 1440", "association"),
        ("Stockholms läns landsting 0180", "region"),
        ("Ale Bostäder AB 1440", "unknown"),
        ("Atlantis 0188", "unknown"),
        ("1440", "unknown"),
    ]:
        assert (one(written).recipient_code, one(written).how) == (None, how), written


def test_other_numbers_are_no_codes():
    by = small({"0001": "Skola 2000"})
    assert one("Skola 2000", by=by).how == "exact"
    assert (one("Skolla 2000", by=by).recipient_code, one("Skolla 2000", by=by).how) == ("0001", "likeness")
    assert one("Ale 0114-0115").how == "unknown"


# -- what stands in a text --------------------------------------------------------------------------------------------
def test_a_kommun_may_stand_before_its_name_and_a_point_behind():
    for name in ["Ale kommun.", "Kommunen Ale", "Kommun: Ale", "kommun Ale", "Staden Ale,"]:
        assert (one(name).recipient_code, one(name).how) == ("1440", "simplified"), name


def test_the_body_whose_whole_name_stands_in_a_text_is_suggested_first_and_never_accepted():
    for written, suggestions in [
        ("Socialnämnden i Ale kommun", "Ale (1440)"),
        ("Socialförvaltningen Göteborg", "Göteborg (1480)"),
        ("Stockholms stad, socialförvaltningen", "Stockholm (0180)"),
        ("Kontoret för Malung-Sälens kommun", "Malung-Sälen (2023)"),
        ("Socialnämnden i Upplands-Bro kommun", "Upplands-Bro (0139)"),
        ("Socialförvaltningen i Falu kommun", "Falun (2080)"),
        ("Nämnden i Habo och Mullsjö", "Habo (0643), Mullsjö (0642)"),
        ("Länsstyrelsen i Stockholms län", None),
        ("Alefjäll", None),
    ]:
        match = one(written)
        assert (match.recipient_code, match.how, match.suggestions) == (None, "unknown", suggestions), written


# -- fictitious bodies ------------------------------------------------------------------------------------------------
def test_no_fictitious_body_is_guessed_or_suggested_for_a_real_list():
    real = register_of().for_real
    assert one("Exemplekommun 12").how == "likeness"
    for written in ["Exemplekommun 12", "Exempelkommun 48", "Socialnämnden i Exempelkommun 12", "Atlantis 9912"]:
        assert (one(written, by=real).how, one(written, by=real).suggestions) == ("unknown", None), written
    assert one("Kommunalförbundet Exempelförbundet", by=real).suggestions is None
    assert one("Norrälje", by=real).recipient_code == "0188"
    assert one("Exempelkommun 12", by=real).recipient_code == "9912"


def test_a_list_is_fictitious_if_all_that_is_certain_in_it_is():
    for names, expected in [
        (["Exempelkommun 12", "Exemplekommun 13"], True),
        (["Exempelkommun 12 (9912)"], True),
        (["Exempelkommun 12", "Ale"], False),
        (["Exemplekommun 13"], False),
        ([], False),
    ]:
        assert is_fictitious(names, register_of()) == expected, names


# -- as of its year -------------------------------------------------------------------------------------------------
def test_a_name_is_matched_as_of_its_year():
    for year, name, code, how, suggestions in [
        (2007, "Malung", "2023", "exact", None),
        (2008, "Malung", None, "former_name", "Malung (2023, –2007-12-31), Malung-Sälen (2023)"),
        (2008, "Malungs kommun", None, "former_name", "Malung (2023, –2007-12-31), Malung-Sälen (2023)"),
        (2007, "Malung-Sälen", None, "later_name", "Malung-Sälen (2023, 2008-01-01–), Malung (2023)"),
        (2008, "Malung-Sälen", "2023", "exact", None),
        (2006, "Heby", "1917", "exact", None),
        (2007, "Heby", "0331", "exact", None),
        (2002, "Knivsta", None, "later_name", "Knivsta (0330, 2003-01-01–)"),
        (2003, "Knivsta", "0330", "exact", None),
    ]:
        match = one(name, by=register_of(year))
        assert (match.recipient_code, match.how, match.suggestions) == (code, how, suggestions), (year, name)


def test_a_former_name_is_no_slip_of_another():
    by = small({"0001": "abcdefghij"}, ended={"0002": "abcdefghiX"})
    assert one("abcdefghiX", by=by).how == "former_name"
