"""The keyboard alone gets through screening."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEMO_PASSWORD, Visitor

PATIENCE = 90


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has these words, or this label, is focused."""
    for _turn in range(PATIENCE):
        page.keyboard.press("Tab")
        found = page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').trim()")
        if re.fullmatch(words, str(found)):
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def press_enter(page: Page) -> None:
    """Press what is focused and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_recruiter_signs_in_screens_and_advances_without_a_mouse(visitor: Visitor) -> None:
    page = visitor.goto("/login")
    page.evaluate("document.body.focus()")
    for _turn in range(PATIENCE):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "email":
            break
    page.keyboard.type("recruiter@demo.trilha.test")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    press_enter(page)
    assert page.url.endswith("/home")
    tab_to(page, "Applications")
    press_enter(page)
    tab_to(page, "Screen .+")
    press_enter(page)
    tab_to(page, "Mark 4 of 4")
    with page.expect_navigation():
        page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Mark 4 of 4").first).to_have_attribute("aria-pressed", "true")
    tab_to(page, "Advance to .+")
    press_enter(page)
    expect(page.locator("main")).to_contain_text("is now in")
