"""Takes the README's pictures from the demonstration: `python -m tests.journeys.pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.journeys.conftest import DEMO_PASSWORD
from tests.live import LiveServer, running_installation
from wsgi import ROOT

OUT = ROOT / "docs" / "images"


def _window(browser: Browser, server: LiveServer, name: str, *, width: int, height: int) -> Page:
    context = browser.new_context(base_url=server.url, viewport={"width": width, "height": height}, locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    if name:
        page.goto("/login")
        page.fill("[name=email]", f"{name}@demo.trilha.test")
        page.fill("[name=password]", DEMO_PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/home")
        page.locator("button[name=locale][value=en]").click()
        page.wait_for_load_state()
    return page


def take() -> None:
    """The board, a posting on a phone, a new hire's page on a phone, the compliance matrix."""
    OUT.mkdir(parents=True, exist_ok=True)
    with running_installation(Path(tempfile.mkdtemp()), demo=True, worker=False) as server, chromium() as browser:
        page = _window(browser, server, "recruiter", width=1280, height=800)
        page.goto("/postings")
        found: list[str] = page.eval_on_selector_all("main tbody a[href^='/postings/']", "all => all.map(one => one.getAttribute('href'))")
        boards = {}
        for address in dict.fromkeys(found):
            page.goto(f"{address}/board")
            boards[address] = page.locator("[data-column]:has([data-card])").count(), page.locator("[data-card]").count()
        page.goto(f"{max(boards, key=lambda address: boards[address])}/board")
        page.screenshot(path=OUT / "board.png")
        page = _window(browser, server, "", width=390, height=844)
        page.goto("/careers")
        page.locator("main .job-title a").first.click()
        page.wait_for_load_state()
        page.screenshot(path=OUT / "careers.png")
        for name, path, width, height, file in (
            ("newhire", "/onboarding/mine", 390, 844, "onboarding"),
            ("compliance", "/compliance", 1280, 1000, "compliance"),
        ):
            page = _window(browser, server, name, width=width, height=height)
            page.goto(path, wait_until="networkidle")  # the figures above the matrix come after it
            page.screenshot(path=OUT / f"{file}.png")


if __name__ == "__main__":
    take()
