"""The gallery and the frame as a browser sees them: sound for screen readers, fitting each width, usable by keyboard."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Site, sign_in_tab

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1280, 390)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("path", "status"), [("/gallery", 200), ("/login", 200), ("/careers", 200), ("/nothing-here", 404)])
def test_pages_are_sound_in_both_schemes_at_both_widths(
    browser: Browser, site: Site, path: str, status: int, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 844}, color_scheme=scheme, locale="en-US")
    page = context.new_page()
    answer = page.goto(path)
    assert answer is not None and answer.status == status
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than the screen"
    found = Axe().run(page).response["violations"]
    assert not found, [(problem["id"], [node["html"] for node in problem["nodes"]]) for problem in found]
    context.close()


def test_errors_of_a_form_are_told_at_once_and_lead_to_their_fields(tab: Page) -> None:
    tab.goto("/gallery")
    tab.get_by_role("button", name="Send the form empty").click()
    summary = tab.get_by_role("alert")
    expect(summary).to_be_focused()
    assert not Axe().run(tab).response["violations"]
    summary.get_by_role("link", name="Enter a name.").click()
    field = tab.get_by_label("Name", exact=True)
    expect(field).to_be_focused()
    assert field.get_attribute("aria-describedby") == "name-error"
    assert field.get_attribute("aria-invalid") == "true"


def test_the_first_tab_stop_skips_to_the_content(tab: Page) -> None:
    tab.goto("/gallery")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to content")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()


def test_what_cannot_be_undone_is_asked_first(tab: Page) -> None:
    tab.goto("/gallery")
    tab.evaluate("window.stillHere = true")
    tab.get_by_role("button", name="Decline").click()
    question = tab.get_by_role("dialog", name="Are you sure?")
    expect(question).to_contain_text("This cannot be undone.")
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_be_hidden()
    assert tab.evaluate("window.stillHere")
    tab.get_by_role("button", name="Decline").click()
    with tab.expect_navigation():
        question.get_by_role("button", name="Decline").click()
    assert tab.evaluate("window.stillHere === undefined")


def test_the_chosen_colours_stay(tab: Page) -> None:
    tab.goto("/gallery")
    switch = tab.get_by_role("button", name="Dark colours")
    switch.click()
    tab.goto("/login")
    assert tab.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    expect(tab.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")


def test_a_refused_move_puts_the_card_back_and_says_why(tab: Page) -> None:
    tab.goto("/gallery")
    tab.route(
        "**/gallery",
        lambda route: route.fulfill(status=409, body="<!doctype html><p data-sentence>The posting is closed.</p>", content_type="text/html"),
    )
    card = tab.locator("[data-card=marina-sample]")
    card.locator(".board-card-body").drag_to(tab.locator("[data-column=screening]"), target_position={"x": 60, "y": 150})
    expect(tab.locator("#toasts")).to_contain_text("The posting is closed.")
    expect(tab.locator("[data-column=new] [data-card=marina-sample]")).to_have_count(1)


def test_a_kept_move_is_told_and_takes_the_new_version(tab: Page) -> None:
    tab.goto("/gallery")
    sent: list[str] = []

    def keep(route: object) -> None:
        sent.append(route.request.post_data)  # type: ignore[attr-defined]
        route.fulfill(status=200, json={"moved": True, "version": 7})  # type: ignore[attr-defined]

    tab.route("**/gallery", keep)
    card = tab.locator("[data-card=marina-sample]")
    card.locator(".board-card-body").drag_to(tab.locator("[data-column=screening]"), target_position={"x": 60, "y": 150})
    expect(tab.locator("#toasts")).to_contain_text("Moved to Screening.")
    expect(tab.locator("[data-column=screening] [data-card=marina-sample]")).to_have_attribute("data-version", "7")
    assert "stage=screening" in sent[0] and "csrf_token=" in sent[0]


def test_a_card_is_moved_with_the_keyboard_too(tab: Page) -> None:
    tab.goto("/gallery")
    tab.get_by_label("Move Marina Sample to…").press("Enter")
    target = tab.locator("[data-card=marina-sample]").get_by_role("button", name="Offer")
    expect(target).to_be_visible()
    tab.keyboard.press("Escape")
    expect(target).to_be_hidden()
    expect(tab.get_by_label("Move Marina Sample to…")).to_be_focused()


def test_the_menu_opens_on_a_phone_and_without_scripts(browser: Browser, site: Site) -> None:
    phone = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 844}, locale="en-US")
    page = phone.new_page()
    sign_in_tab(page, site)
    entry = page.get_by_role("navigation", name="Main").get_by_role("link", name="Home")
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(entry).to_be_visible()
    expect(entry).to_have_attribute("aria-current", "page")
    phone.close()
    plain = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="en-US")
    page = plain.new_page()
    sign_in_tab(page, site)
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Home")).to_be_visible()
    plain.close()


def test_the_countdown_runs_and_ends(tab: Page) -> None:
    tab.clock.install()
    tab.goto("/gallery")
    figure = tab.get_by_role("timer")
    expect(figure).to_have_text("24:30")
    tab.clock.run_for(30_000)
    expect(figure).to_have_text("24:00")
    tab.clock.run_for(24 * 60_000)
    expect(figure).to_have_text("Time is up")


def test_touch_targets_are_large_on_a_phone(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 844}, locale="en-US")
    page = context.new_page()
    page.goto("/gallery")
    small = page.eval_on_selector_all(
        "main .btn:not(.btn-sm), main .form-control, main .form-select, main .tabs a",
        "all => all.filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 120))",
    )
    assert not small
    context.close()
