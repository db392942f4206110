"""The keyboard alone gets through applying, screening and an exam."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.core.files import samples
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


def tab_to_field(page: Page, name: str) -> None:
    """Press Tab until the field whose name begins so is focused."""
    for _turn in range(PATIENCE):
        page.keyboard.press("Tab")
        if str(page.evaluate("document.activeElement.name || ''")).startswith(name):
            return
    raise AssertionError(f"Tab never reached the field {name!r} on {page.url}")


def tab_to_address(page: Page, address: str) -> None:
    """Press Tab until a link to this address, a regular expression, is focused."""
    for _turn in range(PATIENCE):
        page.keyboard.press("Tab")
        if re.fullmatch(address, str(page.evaluate("document.activeElement.getAttribute('href') || ''"))):
            return
    raise AssertionError(f"Tab never reached a link to {address!r} on {page.url}")


def sign_in_by_keyboard(visitor: Visitor, account: str) -> Page:
    """Sign in by the form, without a mouse."""
    page = visitor.goto("/login")
    tab_to_field(page, "email")
    page.keyboard.type(f"{account}@demo.trilha.test")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    press_enter(page)
    assert page.url.endswith("/home")
    return page


def press_enter(page: Page) -> None:
    """Press what is focused and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_recruiter_signs_in_screens_and_advances_without_a_mouse(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "recruiter")
    tab_to(page, "Applications")
    press_enter(page)
    tab_to(page, "Screen .+")
    press_enter(page)
    marked = page.locator("#criteria [aria-pressed=true]")
    first = page.locator("[data-criterion][aria-current] button[value='4']")
    place = page.locator("[data-criterion]").nth(int(str(page.locator("[data-criterion][aria-current]").get_attribute("data-criterion"))))
    expect(first).to_be_visible()
    page.keyboard.press("4")
    expect(place.get_by_role("button", name="Mark 4 of 4")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("u")
    page.keyboard.press("3")  # at once: it marks the criterion that was just taken back
    expect(place.get_by_role("button", name="Mark 3 of 4")).to_have_attribute("aria-pressed", "true")
    here = page.url
    expect(page.locator("[data-next]").first).to_be_attached()
    page.keyboard.press("n")
    expect(page).not_to_have_url(here)
    page.keyboard.press("p")
    expect(page).to_have_url(here)
    name = page.locator("main h1").inner_text()
    page.keyboard.press("a")
    expect(page.locator(".desk-done")).to_contain_text(f"{name} is now in")
    page.keyboard.press("u")
    expect(page.locator("main")).to_contain_text(f"Taken back: {name}")
    tab_to(page, "Mark 4 of 4")
    page.keyboard.press("Space")
    expect(marked).not_to_have_count(0)
    tab_to(page, "Advance to .+")
    press_enter(page)
    expect(page.locator("main")).to_contain_text("is now in")


@pytest.mark.parametrize("width", [390])
def test_a_candidate_applies_without_a_mouse(visitor: Visitor, width: int) -> None:
    page = visitor.goto("/careers")
    tab_to(page, ".*(manager|gerente|Gerente).*")
    press_enter(page)
    tab_to(page, "Apply.*|Candidat.*")
    press_enter(page)
    for field, typed in (("name", "Beatriz Aguiar"), ("email", "beatriz@keyboard.example"), ("phone", "+55 11 97777-1234")):
        tab_to_field(page, field)
        page.keyboard.type(typed)
    tab_to_field(page, "resume")  # what opens is the system's own dialog, which a page cannot press
    page.locator("input[name=resume]").set_input_files({"name": "Beatriz.pdf", "mimeType": "application/pdf", "buffer": samples.pdf("Beatriz")})
    while True:
        page.keyboard.press("Tab")
        focused = page.evaluate("[document.activeElement.type || '', document.activeElement.name || '', document.activeElement.innerText || '']")
        if focused[0] == "submit" and focused[2].startswith("Send application"):
            break
        if focused[0] in ("radio", "checkbox"):
            page.keyboard.press("Space")
        elif focused[0] in ("text", "textarea"):
            page.keyboard.type("Because advice should fit the person.")
    press_enter(page)
    assert page.url.endswith("/thanks"), page.locator("main").inner_text()


def test_a_new_hire_reads_a_course_and_sits_its_exam_without_a_mouse(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "newhire")
    tab_to_address(page, "/learning")
    press_enter(page)
    tab_to_address(page, "/learning/[0-9a-f-]{36}")
    press_enter(page)
    course = page.url
    for unread in [link.get_attribute("href") for link in page.locator("main a[href*='/modules/']").all()]:
        page.goto(course)
        tab_to_address(page, str(unread))
        press_enter(page)
        if not page.locator("main .form-actions button[type=submit]").count():
            continue  # it was read before
        if page.locator("main input[name=typed_name]").count():  # a statement is confirmed by name
            hint = re.search(r", ([^,]+), ", page.locator("main form").last.inner_text())
            assert hint is not None
            tab_to_field(page, "typed_name")
            page.keyboard.type(hint.group(1))
        tab_to(page, "Já li isto|Já vi isto|Confirmo|I have read this|I have seen this|I confirm this")
        press_enter(page)
    page.goto(course)
    tab_to(page, "Começar a prova|Start the exam")
    page.keyboard.press("Enter")
    confirm(page)
    questions = page.locator("li[data-question]").count()
    answer_without_a_mouse(page)
    expect(page.locator("[data-answered]")).to_have_text(str(questions))
    expect(page.locator("[data-autosave]")).to_have_attribute("data-state", "saved")
    page.keyboard.press("Enter")
    confirm(page)
    expect(page.locator("main")).to_contain_text("%")


def answer_without_a_mouse(page: Page) -> None:
    """Give each question its first answer, until the button that hands in is focused."""
    answered: set[str] = set()
    while not page.evaluate("document.activeElement.hasAttribute('data-hand-in-button')"):
        page.keyboard.press("Tab")
        kind, name = page.evaluate("[document.activeElement.type || '', document.activeElement.name || '']")
        if name in answered or kind not in ("radio", "checkbox", "text", "number", "select-one"):
            continue
        answered.add(name)
        if kind in ("text", "number"):
            page.keyboard.type("1")
            page.wait_for_timeout(800)  # figures are sent a moment after the last key
        elif kind == "select-one":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.press("Space")


def confirm(page: Page) -> None:
    """Say yes in the dialog that asks."""
    for _turn in range(4):
        if page.evaluate("document.activeElement.hasAttribute('data-yes')"):
            break
        page.keyboard.press("Tab")
    press_enter(page)
