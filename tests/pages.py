"""What holds for every page that any test fetches."""

import re
from typing import Any

from lxml import html

HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


def check_page(response: Any) -> None:
    """Raise AssertionError unless an HTML answer is a sound page: one h1, title, unique ids, labelled inputs, nothing inline."""
    for header in HEADERS:
        assert header in response.headers, f"no {header}"
    if response.mimetype != "text/html" or response.is_streamed or not response.data:
        return
    text = response.get_data(as_text=True)
    if response.headers.get("X-Fragment") or not text.lstrip().lower().startswith("<!doctype html>"):
        return
    if "data-mail-body" in text:
        return
    check_html(text)


def check_html(text: str) -> None:
    """The same for the text of a page."""
    page = html.document_fromstring(text)
    assert page.get("lang"), "no language"
    assert len(page.findall(".//h1")) == 1, f"{len(page.findall('.//h1'))} h1"
    title = page.find(".//title")
    assert title is not None and (title.text or "").strip(), "no title"
    ids = [element.get("id") for element in page.iter() if isinstance(element.tag, str) and element.get("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"ids used twice: {twice}"
    _nothing_inline(page)
    _labelled(page)
    assert not re.search(r"\bUndefined\b", text), "an undefined value shows"


def _nothing_inline(page: Any) -> None:
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        handlers = [name for name in element.attrib if name.startswith("on")]
        assert not handlers, f"inline handler {handlers} on {element.tag}"
        assert element.get("style") is None, f"inline style on {element.tag}"
        assert element.tag != "style", "inline style sheet"
        if element.tag == "script" and element.get("type", "") not in ("application/ld+json", "application/json"):
            assert element.get("src"), "inline script"
        href = (element.get("href") or "").strip().lower()
        assert not href.startswith("javascript:"), "javascript link"


def _labelled(page: Any) -> None:
    labelled = {label.get("for") for label in page.iter("label") if label.get("for")}
    for field in page.iter("input", "select", "textarea"):
        if field.tag == "input" and field.get("type", "text") in UNLABELLED:
            continue
        inside = any(parent.tag == "label" for parent in field.iterancestors())
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled or inside
        assert named, f"{field.tag} {field.get('name')} has no label"
