"""Journeys run in a real browser against a whole installation with demonstration data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.live import LiveServer, running_installation

DEMO_PASSWORD = "trilha-demo"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """An installation with demonstration data, served."""
    with running_installation(tmp_path_factory.mktemp("live"), demo=True) as server:
        yield server


class Visitor:
    """One person's browser window, whose console errors fail the test at its end."""

    def __init__(self, context: BrowserContext, server: LiveServer) -> None:
        self.context, self.server, self.page = context, server, context.new_page()
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda message: self.problems.append(message.text) if message.type == "error" else None)

    def goto(self, path: str) -> Page:
        """Open a page of the installation."""
        self.page.goto(self.server.url + path)
        return self.page

    def sign_in(self, name: str) -> Page:
        """Sign in as a demo account by the real form: `recruiter`, `newhire`, …"""
        self.goto("/login")
        self.page.locator("input[type=email], input[name=email]").first.fill(f"{name}@demo.trilha.test")
        self.page.locator("input[type=password]").first.fill(DEMO_PASSWORD)
        self.page.locator(
            "main form:has(input[type=password]) button[type=submit], main form:has(input[type=password]) input[type=submit]"
        ).first.click()
        self.page.wait_for_url(lambda url: not url.rstrip("/").endswith("/login"))
        return self.page


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A stranger's window, 1280 wide, in English; mark the test with `@pytest.mark.parametrize('width', [...])` for others."""
    width = request.getfixturevalue("width") if "width" in request.fixturenames else 1280
    context = browser.new_context(locale="en-US", viewport={"width": width, "height": 800})
    found = Visitor(context, live_server)
    yield found
    context.close()
    assert not found.problems, f"the browser complained: {found.problems}"


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """The page of the visitor's window."""
    return visitor.page
