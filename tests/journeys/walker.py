"""One person's browser: every page it opens is looked at as that person would, and as a screen reader would."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import APIResponse, Browser, Locator, Page, Request, Response, TimeoutError

from home.demo.people import PASSWORD
from tests.journeys.installation import Installation

WIDE, PHONE = 1280, 390
AXE = Axe()
MAIN_BUTTON = "main form:not(.button-form):not([role=search]) button[type=submit]"


class Walker:
    """A window of one width. Every page must answer well, fit, be accessible, and complain about nothing."""

    def __init__(self, browser: Browser, site: Installation, *, width: int = WIDE, locale: str = "en-US") -> None:
        self.site = site
        self.context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 844}, locale=locale, reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.statuses: list[tuple[int, str]] = []
        self.expected: list[str] = []
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("console", lambda said: self._complain(said.text) if said.type in ("error", "warning") else None)
        self.page.on("response", self._note)
        self.page.on("requestfailed", self._note_failure)

    @contextmanager
    def expecting(self, *words: str) -> Iterator[None]:
        """Let the browser complain of what was brought about: a status such as 404, or the words for a line that is cut."""
        self.expected += words
        try:
            yield
        finally:
            del self.expected[-len(words) :]

    def _complain(self, said: str) -> None:
        if not any(words in said for words in self.expected):
            self.complaints.append(said)

    def _note(self, response: Response) -> None:
        if response.status >= 400 and str(response.status) not in self.expected:
            self.statuses.append((response.status, response.url))

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # leaving a page ends what it was still asking for
            self._complain(f"{request.url}: {request.failure}")

    def go(self, path: str) -> Page:
        """Open an address of the installation."""
        self.page.goto(path)
        self.look()
        return self.page

    def press(self, button: str | Locator) -> Page:
        """Press what leads to another page: a button or link by its words, or found already."""
        found = (
            button
            if isinstance(button, Locator)
            else self.page.locator("main")
            .get_by_role("button", name=button, exact=True)
            .or_(self.page.locator("main").get_by_role("link", name=button, exact=True))
        )
        try:
            with self.page.expect_navigation():
                found.first.click()
        except TimeoutError as error:
            raise AssertionError(f"{button} leads nowhere from {self.page.url}: {self.complaints} {self.text()[:3000]}") from error
        self.look()
        return self.page

    def send(self, form: str = "") -> Page:
        """Send the form whose action ends so, or the page's own."""
        return self.press(self.page.locator(f'main form[action$="{form}"] button[type=submit]' if form else MAIN_BUTTON))

    def fill(self, **values: str) -> None:
        """Fill fields by name; a choice is chosen by its words, or by its value."""
        for name, value in values.items():
            field = self.page.locator(f'main [name="{name.replace("__", "-")}"]:not([type=hidden])').first
            if field.evaluate("field => field.tagName") == "SELECT":
                known = field.locator(f'option[value="{value}"]').count()
                field.select_option(value=value if known else None, label=None if known else value)
            else:
                field.fill(value)

    def tick(self, *names: str) -> None:
        """Tick boxes by name."""
        for name in names:
            self.page.locator(f'main [type=checkbox][name="{name}"]').first.check()

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    def says(self, *sentences: str) -> None:
        """Insist that the page says each."""
        said = " ".join(self.text().split())
        for sentence in sentences:
            assert sentence in said, f"{self.page.url} does not say {sentence!r}: {said[:3000]}"

    def download(self, address: str) -> bytes:
        """Fetch a file as the browser would, with its cookies."""
        answer: APIResponse = self.context.request.get(address)
        assert answer.status == 200, (answer.status, address)
        return answer.body()

    def look(self) -> None:
        """Look at the page: nothing refused, nothing wider than the screen, nothing that axe objects to."""
        self.page.wait_for_load_state("load")
        bad = [problem for problem in self.statuses if not problem[1].endswith("/favicon.ico")]
        assert not bad, f"{bad}: {self.text()[:600]}"
        assert not self.complaints, (self.page.url, self.complaints)
        too_wide = self.page.evaluate(TOO_WIDE)
        assert not too_wide, f"{self.page.url} is wider than its {self.page.viewport_size}: {too_wide}"
        found = AXE.run(self.page).response["violations"]
        assert not found, (self.page.url, [(problem["id"], [node["html"][:300] for node in problem["nodes"]][:3]) for problem in found])

    def sign_in(self, account: str, *, password: str = PASSWORD) -> "Walker":
        """Sign in by the form."""
        self.go("/login")
        self.fill(email=account if "@" in account else f"{account}@demo.trilha.test", password=password)
        self.send()
        assert self.page.url.endswith("/home"), self.text()[:500]
        return self

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Keep a picture of the page."""
        self.page.screenshot(path=path, full_page=whole)

    def address_after(self, pattern: str) -> str:
        """The part of the address that the pattern catches."""
        found = re.search(pattern, self.page.url)
        assert found, (self.page.url, pattern)
        return found.group(1)


TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? "" :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 160)).join("\\n") || "something" """

Width = Literal[390, 1280]


@contextmanager
def walking(browser: Browser, site: Installation, account: str = "", *, width: int = WIDE) -> Iterator[Walker]:
    """A window for as long as the block lasts, signed in if an account is named."""
    walker = Walker(browser, site, width=width)
    try:
        if account:
            walker.sign_in(account)
        yield walker
    finally:
        walker.context.close()
