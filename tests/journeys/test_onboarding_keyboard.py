"""Boards and calendars of onboarding without a mouse: each is reached, read, narrowed and acted on, and axe finds nothing in it."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_keyboard import press_enter, sign_in_by_keyboard, tab_to, tab_to_address, tab_to_field
from tests.journeys.test_shadowing_calendar import SESSION, look

CHECKLIST = r"/onboarding/[0-9a-f-]{36}"
LATER = "Later|Depois"


def test_human_resources_narrows_the_board_and_opens_a_person(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "hr")
    tab_to_address(page, "/onboarding")
    press_enter(page)
    look(page)
    tab_to_field(page, "words")
    page.keyboard.type("Petrillo")
    press_enter(page)
    look(page)
    tab_to_address(page, CHECKLIST)
    press_enter(page)
    assert "Joana Petrillo" in page.inner_text("main h1")
    look(page)


def test_human_resources_reminds_and_hands_tasks_over_from_the_board_of_what_is_late(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "hr")
    visitor.goto("/onboarding")
    tab_to_address(page, "/onboarding/late")
    press_enter(page)
    look(page)
    tab_to(page, "Remind|Lembrar")
    press_enter(page)
    assert page.url.endswith("/onboarding/late")
    look(page)
    tab_to_address(page, r"/onboarding/hand-over\?owner=.*")
    press_enter(page)
    look(page)
    tab_to_field(page, "tasks")
    page.keyboard.press("Space")
    tab_to_field(page, "taker")
    page.keyboard.type("Adriana")
    tab_to(page, "Hand over|Passar adiante|Repassar.*")
    press_enter(page)
    assert page.url.endswith("/onboarding/late"), page.inner_text("main")


def test_who_does_tasks_ticks_one_and_takes_it_back_and_stays_at_it(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "hr")
    visitor.goto("/onboarding/tasks")
    look(page)
    tab_to(page, "(Done|Feito|Pronto|Concluído): .+")
    task = page.evaluate("document.activeElement.closest('li').id")
    for label in ("Undo|Desfazer", "Done|Feito|Pronto|Concluído"):
        page.keyboard.press("Enter")
        expect(page.locator(f"[id='{task}'] form.button-form button")).to_have_text(re.compile(label))
        assert page.evaluate("document.activeElement.closest('li')?.id") == task
        look(page)


def test_human_resources_reads_who_starts_when(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "hr")
    visitor.goto("/onboarding/calendar")
    look(page)
    for _turn in range(2):
        if page.locator("table.month a").count():
            break
        tab_to(page, LATER)
        press_enter(page)
    look(page)
    tab_to_address(page, CHECKLIST)
    press_enter(page)
    look(page)


def test_a_mentor_goes_through_the_weeks_of_the_shadowing_calendar_and_opens_a_session(visitor: Visitor) -> None:
    page = sign_in_by_keyboard(visitor, "hr")
    visitor.goto("/shadowing/calendar")
    look(page)
    for _week in range(3):
        if page.locator(".calendar-card").count():
            break
        tab_to(page, LATER)
        press_enter(page)
    look(page)
    tab_to_address(page, SESSION)
    press_enter(page)
    look(page)
