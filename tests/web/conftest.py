"""A served application and a browser to look at it with."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from core.accounts.actions import open_account
from core.db import db, session
from core.people.rights import Role
from tests.conftest import make_application
from tests.factories import make_company, make_person

PASSWORD = "trail-of-browsers"


@dataclass(frozen=True)
class Site:
    """Where the application is served, and who may sign in."""

    app: Flask
    url: str
    email: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application on a database of its own, as people reach it: with CSRF protection."""
    folder = tmp_path_factory.mktemp("site")
    app = make_application(f"sqlite:///{folder / 'site.db'}", folder)
    app.config.update(WTF_CSRF_ENABLED=True, TRUSTED_HOSTS=["127.0.0.1"])
    with app.app_context():
        db.create_all()
        make_company()
        person = make_person("Marina Sample", roles=tuple(Role))
        open_account(person, password=PASSWORD)
        session.commit()
        email = person.email
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(app, f"http://127.0.0.1:{server.port}", email)
    server.shutdown()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def tab(browser: Browser, site: Site) -> Iterator[Page]:
    """A tab of a desktop browser that fails the test when the page complains (a script error, something the policy blocked)."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    context.close()
    assert not complaints


def sign_in_tab(page: Page, site: Site) -> None:
    """Sign in as a person does."""
    page.goto("/login")
    page.get_by_label("E-mail").fill(site.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/home")
