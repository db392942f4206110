"""The pages that are measured, with the account that opens each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from core.accounts.models import Account
from core.clock import today
from core.db import session
from core.documents.models import IssuedDocument
from core.files.models import PDF, StoredFile
from core.files.store import read_content
from core.people.models import Person
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.interviews.models import Interview
from hiring.offers.models import Offer
from hiring.postings.models import Posting, PostingState, Stage, StageKind

SEARCHES = {
    "a common word": "clientes",
    "three words": "crédito safra helena",
    "a rare word": "zilhão",
    "a common phrase": '"carteira de clientes"',
    "a rare phrase": '"carteira rural"',
    "two phrases": '"análise de crédito" "gestão do tempo"',
    "without a word": "-crm",
    "without common words": "crédito -carteira -clientes",
    "nothing but few": "-clientes -clients -client",
    "either": "(safra OR farm) (crm OR nps)",
    "fields": "stage:screening source:linkedin state:active",
    "few of a field": "helena zagalo tag:pj",
}


@dataclass(frozen=True)
class Measured:
    """A page to measure. `account` is a demo account's name, or "" for a stranger; `send` makes the request when it is not a plain GET;
    `most` are the milliseconds it may take, where that is said."""

    name: str
    account: str
    address: str
    is_list: bool = False
    send: Callable[[FlaskClient, int], Callable[[], Any]] | None = None
    status: int = 200
    most: float | None = None


def session_keys() -> dict[str, str]:
    """What each demo account's session cookie keeps, by the account's name."""
    rows = session.scalars(select(Account).order_by(Account.id)).all()
    return {row.email.split("@", 1)[0]: row.get_id() for row in rows}


def pages() -> list[Measured]:
    """The main pages. Needs an application context."""
    posting = biggest_posting()
    application = _application(posting)
    return [*_hiring(posting, application), *_search(), *_careers(posting), *_beyond()]


def _hiring(posting: Posting, application: Any) -> list[Measured]:
    inbox = url_for("screening.inbox")
    one = url_for("screening.show", application_id=application)
    return [
        Measured("Home", "recruiter", url_for("home.mine")),
        Measured("Inbox", "recruiter", inbox, is_list=True),
        Measured("Inbox, all open", "recruiter", f"{inbox}?show=all", is_list=True),
        Measured("Inbox, one name", "recruiter", f"{inbox}?show=all&words={_a_name()}", is_list=True),
        Measured("Inbox, a common name", "recruiter", f"{inbox}?show=all&words=helena", is_list=True),
        Measured("Inbox, one posting", "recruiter", f"{inbox}?posting={posting.public_id}", is_list=True),
        Measured("Inbox, best match", "recruiter", f"{inbox}?posting={posting.public_id}&order=match", is_list=True),
        Measured("Board", "recruiter", url_for("board.show", posting_id=posting.public_id), is_list=True),
        Measured("Table of a posting", "recruiter", url_for("board.listing", posting_id=posting.public_id), is_list=True),
        Measured("One application", "recruiter", one, is_list=True),
        Measured("Screening", "recruiter", f"{one}/screen"),
        Measured("Postings", "recruiter", url_for("postings.index"), is_list=True),
        Measured("One posting", "recruiter", url_for("postings.show", posting_id=posting.public_id)),
        Measured("Interviews", "interviewer", url_for("interviews.mine"), is_list=True),
        Measured("One interview", "recruiter", url_for("interviews.show", interview_id=_first(Interview.public_id))),
        Measured("Offers", "recruiter", url_for("offers.listing"), is_list=True),
        Measured("One offer", "recruiter", url_for("offers.show", offer_id=_first(Offer.public_id))),
        Measured("Calendar", "recruiter", url_for("calendar.agenda"), is_list=True),
    ]


def _search() -> list[Measured]:
    address = url_for("search.index")
    return [Measured(f"Search, {name}", "recruiter", f"{address}?{urlencode({'q': query})}", is_list=True) for name, query in SEARCHES.items()]


def _careers(posting: Posting) -> list[Measured]:
    form = url_for("applying.apply", slug=posting.slug)
    return [
        Measured("Careers", "", url_for("careers.index"), is_list=True),
        Measured("Careers, one posting", "", url_for("careers.show", slug=posting.slug)),
        Measured("Apply, the form", "", form),
        Measured("Apply, sent", "", form, send=_apply_sender(form), status=303),
        Measured("Verify", "", url_for("verify.show", code=_newest_code())),
    ]


def _beyond() -> list[Measured]:
    newcomer = session.scalars(select(Account.person_id).where(Account.email == "newhire@demo.trilha.test")).one()
    person = session.scalars(select(Person.public_id).where(Person.id == newcomer)).one()
    return [
        Measured("Home of HR", "hr", url_for("home.mine")),
        Measured("My training", "newhire", url_for("learning.mine")),
        Measured("Courses", "trainer", url_for("catalogue.courses"), is_list=True),
        Measured("Compliance matrix", "compliance", url_for("compliance.matrix"), is_list=True),
        Measured("Compliance in figures", "compliance", url_for("compliance.totals")),
        Measured("One person's compliance", "compliance", url_for("compliance.person", person_id=person)),
        Measured("People", "hr", url_for("people.directory"), is_list=True),
        Measured("A person's page", "hr", url_for("people.show", person_id=person)),
        Measured("Audit trail", "auditor", url_for("audit_trail.trail"), is_list=True),
    ]


def biggest_posting() -> Posting:
    """The open posting with the most applications."""
    count = select(func.count()).where(Application.posting_id == Posting.id).scalar_subquery()
    query = select(Posting).where(Posting.state == PostingState.OPEN)
    return session.scalars(query.order_by(count.desc(), Posting.id).limit(1)).one()


def _application(posting: Posting) -> Any:
    """The oldest active one in a stage where people are interviewed: it has marks, interviews and a history."""
    query = select(Application.public_id).join(Stage, Stage.id == Application.stage_id)
    query = query.where(Application.posting_id == posting.id, Application.state == ApplicationState.ACTIVE, Stage.kind == StageKind.INTERVIEW)
    return session.scalars(query.order_by(Application.id).limit(1)).one()


def _a_name() -> str:
    """The whole name of one who applied lately and is still considered."""
    query = select(Person.name).join(Candidate, Candidate.person_id == Person.id).join(Application, Application.candidate_id == Candidate.id)
    query = query.where(Application.state == ApplicationState.ACTIVE, Application.names_hidden.is_(False))
    return quote_plus(session.scalars(query.order_by(Application.id.desc()).limit(1)).one())


def _first(column: InstrumentedAttribute[Any]) -> Any:
    return session.scalars(select(column).order_by(column.class_.id).limit(1)).one()


def _newest_code() -> str:
    return session.scalars(select(IssuedDocument.code).order_by(IssuedDocument.id.desc()).limit(1)).one()


def _apply_sender(address: str) -> Callable[[FlaskClient, int], Callable[[], Any]]:
    resume = session.scalars(select(StoredFile).where(StoredFile.content_type == PDF).order_by(StoredFile.id).limit(1)).one()
    content = read_content(resume)

    def send(client: FlaskClient, turn: int) -> Callable[[], Any]:
        origin = {"REMOTE_ADDR": f"10.{turn // 250}.0.{turn % 250}"}
        shown = client.get(address, environ_overrides=origin).get_data(as_text=True)
        data = filled(shown, turn)
        data["resume"] = (BytesIO(content + b"\n%" + str(turn).encode()), "resume.pdf")
        return lambda: client.post(address, data=data, content_type="multipart/form-data", environ_overrides=origin)

    return send


def filled(shown: str, turn: int) -> dict[str, Any]:
    """The form's hidden fields as the page has them, and an answer in each of the others."""
    data: dict[str, Any] = {}
    for tag in re.findall(r"<(?:input|textarea)\b[^>]*>", shown):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        name, kind = attributes.get("name", ""), attributes.get("type", "text")
        if name == "csrf_token" or kind == "hidden":
            data.setdefault(name, attributes.get("value", ""))
        elif kind in ("radio", "checkbox"):
            data.setdefault(name, attributes.get("value", "y"))
        elif kind == "date":
            data[name] = today().isoformat()
        elif kind != "file" and name:
            data[name] = "Porque gosto de conversar com pessoas."
    return data | {"name": f"Pessoa {turn}", "email": f"bench{turn}@candidates.demo.trilha.test", "phone": "+55 11 99999-0000"}
