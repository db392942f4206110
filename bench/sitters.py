"""People who sit an exam, for measuring and for faults: each with an open attempt, a signed cookie and the form they send."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import current_app, g
from flask import session as cookie
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from core.accounts.models import Account
from core.clock import today
from core.db import session
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import a_draft_course, a_trainer, an_officer
from training.catalogue.actions import ExamTerms, approve_version, submit_version
from training.catalogue.queries import find_version_in_force
from training.exams.actions import Entry, start_attempt
from training.exams.models import Attempt
from training.exams.queries import question_paper, references
from training.learning.actions import read_module

QUESTIONS = 20
SEAT = "a-bench-device"
DRAWN = 25  # people who are asked the same questions


@dataclass
class Sitter:
    """Somebody who sits the exam: where answers go, with what cookie and token, and what the server said it has."""

    attempt: int
    path: str
    cookie: str
    token: str
    items: list[tuple[int, str, list[str]]]  # inner and public id, and the public ids of the options
    inner: dict[str, int]  # of the options
    sequence: int = 0
    chosen: dict[int, str] = field(default_factory=dict)  # what is on the page: item to option or number
    acknowledged: dict[int, str] = field(default_factory=dict)  # what was on it at the last save that was answered

    def form(self) -> str:
        """The whole form, as the page's script sends it."""
        answered = {f"item-{public}": self.chosen[key] for key, public, _options in self.items if key in self.chosen}
        return urlencode({"csrf_token": self.token, "sequence": str(self.sequence), **answered})

    def headers(self) -> dict[str, str]:
        """What the browser sends with it."""
        return {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie, "X-Requested-With": "exam", "Accept": "application/json"}

    def stored(self, item: int, value: str) -> dict[str, Any]:
        """How the server keeps this answer."""
        return {"options": [self.inner[value]]} if value in self.inner else {"number": value}


def prepare(people: int) -> list[Sitter]:
    """A course in force, and so many people with an open attempt on one device. Needs a request context."""
    trainer, officer = a_trainer(), an_officer()
    version = a_draft_course(by=trainer, terms=ExamTerms(item_count=QUESTIONS, minutes=60), questions=QUESTIONS * 2)
    submit_version(version, by=trainer)
    approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    found = find_version_in_force(version.course, on=today(officer.time_zone))
    if found is None:
        raise RuntimeError("no version came into force")
    sitters: list[Sitter] = []
    attempt: Attempt | None = None
    for number in range(people):
        person = make_person(f"Sitter {number:04d}", roles=(Role.BUDDY,))
        account = Account(person_id=person.id, email=person.email, password_hash="none")
        session.add(account)
        if attempt is not None and number % DRAWN:
            attempt = _same_paper(attempt, person)
        else:
            for module in found.modules:
                read_module(found, module, by=person)
            attempt = start_attempt(found, by=person, entry=Entry(seat=SEAT))
        sitters.append(_sitter(attempt, account))
    return sitters


def _same_paper(attempt: Attempt, person: Person) -> Attempt:
    """An attempt of somebody else with the same questions in the same order: beginning is not what is measured."""
    columns = {column.key: getattr(attempt, column.key) for column in Attempt.__mapper__.column_attrs}
    copied = Attempt(**{**columns, "id": None, "public_id": uuid4(), "person_id": person.id})
    session.add(copied)
    return copied


def _sitter(attempt: Attempt, account: Account) -> Sitter:
    session.flush()
    cookie.clear()
    g.pop("csrf_token", None)
    token = generate_csrf()
    kept = {"_user_id": account.get_id(), "_fresh": True, "seat": SEAT, "csrf_token": cookie["csrf_token"]}
    serializer = SecureCookieSessionInterface().get_signing_serializer(current_app)
    if serializer is None:
        raise RuntimeError("there is no secret key to sign cookies with")
    known = references(attempt)
    items = [(known[str(one.id)].item_id, str(one.id), [str(option.id) for option in one.options]) for one in question_paper(attempt)]
    inner = {public: key for one in known.values() for public, key in one.options.items()}
    return Sitter(attempt.id, f"/exams/{attempt.public_id}/answers", f"trilha={serializer.dumps(kept)}", token, items, inner)
