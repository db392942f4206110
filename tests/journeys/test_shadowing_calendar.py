"""The calendar of shadowing: every session reached and moved by keyboard, or dragged; pages that axe finds nothing in."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from core.clock import today
from tests.journeys.conftest import Visitor
from tests.journeys.test_keyboard import press_enter, sign_in_by_keyboard, tab_to_address, tab_to_field

SESSION = r"/shadowing/[0-9a-f-]{36}"


def look(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(problem["id"], [node["html"] for node in problem["nodes"]]) for problem in found]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.journey
def test_human_resources_finds_and_moves_a_session_without_a_mouse(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "hr")
    visitor.goto("/shadowing/calendar?view=month")
    look(page)
    if page.locator("main a[href$='/move']").count() == 0:  # the sessions ahead lie in the month that follows
        tab_to_address(page, r"/shadowing/calendar\?view=month&day=.*")
        tab_to_address(page, r"/shadowing/calendar\?view=month")
        tab_to_address(page, r"/shadowing/calendar\?view=month&day=.*")
        press_enter(page)
    tab_to_address(page, SESSION + "/move")
    press_enter(page)
    look(page)
    tab_to_field(page, "from_time")
    page.keyboard.type("0630PM")
    tab_to_field(page, "to_time")
    page.keyboard.type("0730PM")
    press_enter(page)
    assert "18:30" in page.inner_text("main")
    look(page)


@pytest.mark.journey
def test_a_session_is_dragged_to_another_hour_and_stays_there(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "hr")
    days: list[str] = []
    for week in range(1, 5):  # whatever day it is, a week ahead nothing has begun
        visitor.goto(f"/shadowing/calendar?day={today() + timedelta(weeks=week)}")
        days = page.locator("td[data-hour]:has([data-drop-url])").evaluate_all("cells => cells.map(cell => cell.dataset.day)")
        if days:
            break
    look(page)
    page.set_viewport_size({"width": 1280, "height": 3000})  # a page that scrolls while something is dragged picks up something else
    card = page.locator("[data-drop-url]").first
    address = card.get_attribute("data-drop-url")
    evening = f"td[data-hour='20'][data-day='{days[0]}']"  # nobody meets then, and no other test moves anything there
    with page.expect_navigation():
        card.drag_to(page.locator(evening))
    assert page.locator(f"{evening} [data-drop-url='{address}']").count() == 1
