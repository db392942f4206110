"""Whoever comes to the installation finds a door that opens."""

import pytest

from tests.journeys.conftest import Visitor


def test_a_stranger_finds_the_open_jobs(visitor: Visitor) -> None:
    page = visitor.goto("/careers")
    assert page.locator("h1").count() == 1
    assert page.locator("a[href^='/careers/']").count() > 0


@pytest.mark.parametrize("name", ["recruiter", "newhire", "compliance"])
def test_a_demo_account_signs_in_and_sees_its_home(visitor: Visitor, name: str) -> None:
    page = visitor.sign_in(name)
    assert page.url.endswith("/home")
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [390])
def test_the_home_page_fits_a_phone(visitor: Visitor, width: int) -> None:
    page = visitor.sign_in("newhire")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
