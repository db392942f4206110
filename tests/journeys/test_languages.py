"""Whoever prefers Portuguese is answered in it."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Visitor
from tests.live import LiveServer

STAFF = {
    "recruiter": ("/home", "/postings", "/applications", "/offers"),
    "interviewer": ("/interviews",),
    "newhire": ("/home", "/onboarding/mine", "/learning", "/shadowing"),
    "compliance": ("/compliance", "/training-rules", "/courses"),
}


def test_public_pages_follow_the_browser(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(locale="pt-BR")
    visitor = Visitor(context, live_server)
    for path in ("/careers", "/login", "/verify", "/my-application/new-link"):
        assert visitor.goto(path).locator("html").get_attribute("lang") == "pt-BR", path
    context.close()


@pytest.mark.parametrize("name", STAFF)
def test_colleagues_choose_portuguese_once_and_keep_it(visitor: Visitor, name: str) -> None:
    page = visitor.sign_in(name)
    page.get_by_role("button", name="Português").or_(page.get_by_role("link", name="Português")).first.click()
    page.wait_for_load_state()
    for path in STAFF[name]:
        assert visitor.goto(path).locator("html").get_attribute("lang") == "pt-BR", path
