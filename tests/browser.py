"""One way to start the browser all tests look at pages with."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

expect.set_options(timeout=15_000)  # what is waited for comes at once on a quiet machine, and seconds later on a busy one


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window. One at a time in a process: Playwright keeps the thread's event loop while it runs."""
    with sync_playwright() as engine:
        launched = engine.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield launched
        launched.close()
