"""The programmes that the package has, and a name that none of them has."""

import pytest

from schemas.configuration import catalogue
from tests.stops import stops_by


def test_every_programme_of_the_package_can_be_read():
    assert catalogue.programme_names()
    for name in catalogue.programme_names():
        assert catalogue.programme(name).programme == name
        assert set(catalogue.programme(name).rounds) <= set(catalogue.years())


@pytest.mark.rule("programme_unknown")
def test_a_programme_that_is_not_there_is_refused_with_those_there_are():
    with stops_by("programme_unknown", where="finns-inte", todo=", ".join(catalogue.programme_names())):
        catalogue.programme("finns-inte")
