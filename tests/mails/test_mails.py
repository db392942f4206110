"""Every mail, as the real actions write it: one subject line, text and HTML, working links, and only its reader's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask
from werkzeug.exceptions import HTTPException

from core.db import session
from core.web.i18n import LOCALES
from tests.mails.occasions import Occasions
from wsgi import ROOT

FOLDER = ROOT / "templates" / "mails"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
LANGUAGE = {"en": "en", "pt_BR": "pt-BR"}
OURS = "http://localhost"


class Reading(HTMLParser):
    """The words and the links of an HTML mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language, self.links, self._words, self._deep = "", list[str](), list[str](), 0
        self.feed(html)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._deep += tag in ("style", "title")
        self.language = given.get("lang") or self.language if tag == "html" else self.language
        if tag == "a":
            self.links.append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self._deep -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._deep:
            self._words.append(data)


@dataclass(frozen=True)
class Written:
    """A mail as it was sent."""

    to_name: str
    subject: str
    text: str
    html: str


_written: dict[str, dict[str, dict[str, Written]]] = {}  # by database: writing every mail takes seconds, reading them none


@pytest.fixture
def mails(app: Flask, run_jobs: Callable[[], int]) -> dict[str, dict[str, Written]]:
    kind = session.get_bind().dialect.name
    if kind not in _written:
        found = {locale: Occasions(locale, run_jobs).mails() for locale in LOCALES}
        _written[kind] = {
            locale: {name: Written(mail.to_name, mail.subject, mail.text, mail.html) for name, mail in mails.items()}
            for locale, mails in found.items()
        }
    return _written[kind]


def english() -> list[str]:
    """The stretches between placeholders of every text in the mails' templates that are long enough to be recognised."""
    found: set[str] = set()
    for _file, _line, message, _comments, _context in extract_from_dir(FOLDER, method_map=[("**.html", "jinja2"), ("**.txt", "jinja2")]):
        for text in (message,) if isinstance(message, str) else message:
            found.update(part.strip() for part in re.split(r"%\(\w+\)[a-z]", text))
    return sorted(part for part in found if len(part) >= 8)


def opens(app: Flask, address: str) -> bool:
    """Whether a page of ours stands behind the address."""
    try:
        app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return False
    return True


def test_every_mail_is_written_well_in_every_language(app: Flask, mails: dict[str, dict[str, Written]]) -> None:
    for locale, found in mails.items():
        assert sorted(found) == NAMES, f"not every mail was written in {locale}"
        for name, mail in found.items():
            html = Reading(mail.html)
            assert mail.subject and "\n" not in mail.subject and "\r" not in mail.subject, name
            assert len(mail.subject) <= 100, name
            assert html.language == LANGUAGE[locale], name
            assert mail.subject in html.words, name
            for written in (mail.text, html.words):
                assert mail.to_name in written, name
                assert "None" not in written and "{{" not in written and "%(" not in written, name
                assert not re.search(r"\d{4}-\d\d-\d\d", re.sub(r"https?://\S+", "", written)), f"{name} has a date for machines"
            assert "\n\n\n\n" not in mail.text, f"{name} has a hole in its text"


def test_links_in_mails_are_whole_and_lead_to_a_page(app: Flask, mails: dict[str, dict[str, Written]]) -> None:
    for found in mails.values():
        for name, mail in found.items():
            links = Reading(mail.html).links
            assert sorted(set(links)) == sorted(set(re.findall(r"https?://\S+", mail.text))), f"text and HTML of {name} have other links"
            for link in links:
                assert link.startswith((f"{OURS}/", "https://meet.example.test/")), f"{name}: {link}"
                assert not link.startswith(OURS) or opens(app, link), f"{name}: {link}"


def test_no_english_is_left_in_a_portuguese_mail(mails: dict[str, dict[str, Written]]) -> None:
    fragments = english()
    assert len(fragments) > 40
    for name in NAMES:
        ours, theirs = mails["pt_BR"][name], mails["en"][name]
        assert ours.subject != theirs.subject and ours.text != theirs.text, name
        for written in (ours.subject, ours.text, Reading(ours.html).words):
            left = [part for part in fragments if part in written]
            assert not left, f"{name} still says {left}"


def test_every_folder_of_mails_has_its_three_parts() -> None:
    for name in NAMES:
        assert sorted(path.name for path in Path(FOLDER / name).iterdir()) == ["body.html", "body.txt", "subject.txt"]
