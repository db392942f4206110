"""An exam in a real browser: a connection that comes and goes, a second device, a clock set back, no JavaScript, and the page left."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select, update

from bench.sitters import Sitter, prepare
from core.db import db, session, transaction
from tests.live import LiveServer, running_installation
from training.catalogue.models import CourseVersion
from training.exams.models import Attempt, AttemptState, Response
from training.invigilation.models import FocusLoss

SAVED = re.compile("Saved at")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A bare installation, served."""
    with running_installation(tmp_path_factory.mktemp("exam"), worker=False) as found:
        yield found


@pytest.fixture(scope="module")
def sitters(server: LiveServer) -> list[Sitter]:
    """People with an open attempt each, for the tests to take from."""
    with server.app.test_request_context():
        with transaction():
            found = prepare(6)
        db.session.remove()
    return found


@pytest.fixture
def sitter(sitters: list[Sitter]) -> Sitter:
    return sitters.pop()


def serializer(app: Flask) -> Any:
    return SecureCookieSessionInterface().get_signing_serializer(app)


def device(browser: Browser, server: LiveServer, sitter: Sitter, *, seat: str = "", **options: Any) -> BrowserContext:
    """A browser of the person, signed in; with `seat` another one than that which began the exam."""
    value = sitter.cookie.removeprefix("trilha=")
    if seat:
        value = serializer(server.app).dumps({**serializer(server.app).loads(value), "seat": seat})
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800}, **options)
    context.add_cookies([{"name": "trilha", "value": value, "url": server.url}])
    return context


def exam(context: BrowserContext, server: LiveServer, sitter: Sitter) -> Page:
    page = context.new_page()
    page.goto(server.url + sitter.path.removesuffix("/answers"))
    return page


def kept(server: LiveServer, sitter: Sitter) -> dict[int, Any]:
    with server.app.app_context():
        query = select(Response.item_id, Response.answer).where(Response.attempt_id == sitter.attempt).order_by(Response.id)
        found = {item: answer for item, answer in session.execute(query) if any(answer.values())}
        db.session.remove()
    return found


def radios(page: Page) -> Any:
    return page.locator("main fieldset:has([type=radio])")


def choose(page: Page, question: int, option: int = 0) -> Any:
    radio = radios(page).nth(question).locator("[type=radio]").nth(option)
    radio.check()
    return radio


def test_without_a_connection_answers_wait_in_the_browser_and_are_sent_on_return(browser: Browser, server: LiveServer, sitter: Sitter) -> None:
    context = device(browser, server, sitter)
    page = exam(context, server, sitter)
    status = page.locator("[data-autosave]")
    choose(page, 0)
    expect(status).to_have_text(SAVED)
    context.set_offline(True)
    for question in (1, 2):
        choose(page, question)
    expect(status).to_have_text(re.compile("You are offline"))
    assert len(kept(server, sitter)) == 1
    context.set_offline(False)
    expect(status).to_have_text(SAVED, timeout=15_000)
    assert len(kept(server, sitter)) == 3
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('trilha-exam')).length") == 0
    context.close()


def test_what_could_not_be_sent_before_the_page_was_closed_is_there_and_sent_when_it_is_opened_again(
    browser: Browser, server: LiveServer, sitter: Sitter
) -> None:
    context = device(browser, server, sitter)
    page = exam(context, server, sitter)
    context.set_offline(True)
    choose(page, 0, 1)
    expect(page.locator("[data-autosave]")).to_have_text(re.compile("You are offline"))
    page.close()
    context.set_offline(False)
    again = exam(context, server, sitter)
    expect(radios(again).nth(0).locator("[type=radio]").nth(1)).to_be_checked()
    expect(again.locator("[data-autosave]")).to_have_text(SAVED, timeout=15_000)
    assert len(kept(server, sitter)) == 1
    context.close()


def test_a_second_device_takes_over_and_the_first_keeps_what_it_has(browser: Browser, server: LiveServer, sitter: Sitter) -> None:
    first, second = device(browser, server, sitter), device(browser, server, sitter, seat="another-device")
    here, there = exam(first, server, sitter), exam(second, server, sitter)
    choose(here, 0)
    expect(here.locator("[data-autosave]")).to_have_text(SAVED)
    expect(there.locator("h1")).to_have_text("Open on another device")
    there.get_by_role("button", name="Go on here").click()
    expect(radios(there).nth(0).locator("[type=radio]").nth(0)).to_be_checked()
    typed = choose(here, 1)
    box = here.locator("[data-elsewhere]")
    expect(box).to_be_visible()
    expect(box).to_contain_text("goes on on another device")
    expect(typed).to_be_checked()
    assert len(kept(server, sitter)) == 1
    box.get_by_role("button", name="Go on here").click()
    expect(here.locator("main")).to_contain_text("You go on here")
    expect(radios(here).nth(1).locator("[type=radio]").nth(0)).to_be_checked()
    assert len(kept(server, sitter)) == 2
    first.close()
    second.close()


def test_a_clock_set_back_a_day_gives_no_time(browser: Browser, server: LiveServer, sitter: Sitter) -> None:
    context = device(browser, server, sitter)
    context.add_init_script("const real = Date.now.bind(Date); Date.now = () => real() - 86400000;")
    page = exam(context, server, sitter)
    expect(page.locator("[data-figure]")).to_have_text(re.compile(r"^[45]\d:\d\d$"))
    context.close()


def test_an_exam_is_sat_and_handed_in_without_javascript(browser: Browser, server: LiveServer, sitter: Sitter) -> None:
    context = device(browser, server, sitter, java_script_enabled=False)
    page = exam(context, server, sitter)
    choose(page, 0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Your answers are saved")
    expect(radios(page).nth(0).locator("[type=radio]").nth(0)).to_be_checked()
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("h1")).to_have_text(re.compile("Passed|Not passed"))
    with server.app.app_context():
        assert session.get_one(Attempt, sitter.attempt).state is AttemptState.SUBMITTED
        db.session.remove()
    context.close()


def test_leaving_the_page_is_told_where_the_exam_says_so(browser: Browser, server: LiveServer, sitter: Sitter) -> None:
    with server.app.app_context(), transaction():
        session.execute(update(CourseVersion).values(logs_focus=True))
    context = device(browser, server, sitter)
    page = exam(context, server, sitter)
    expect(page.locator("main")).to_contain_text("It is no verdict")
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.wait_for_timeout(2600)
    with page.expect_response(lambda answer: answer.url.endswith("/focus")) as told:
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert told.value.status == 200
    with server.app.app_context():
        assert session.scalars(select(FocusLoss.seconds).where(FocusLoss.attempt_id == sitter.attempt)).all() == [3]
        db.session.remove()
    context.close()
