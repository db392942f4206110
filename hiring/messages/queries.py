"""Reading messages and requests for documents."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from hiring.applications.models import Application
from hiring.applications.queries import sees_application
from hiring.messages.models import DocumentRequest, Message
from hiring.postings.models import Posting


def messages_on(application: Application) -> Sequence[Message]:
    """Every message on the application, oldest first, with authors, and requests with their files."""
    query = select(Message).where(Message.application_id == application.id)
    query = query.options(joinedload(Message.author), joinedload(Message.request).joinedload(DocumentRequest.file))
    return session.scalars(query.order_by(Message.sent_at, Message.id)).all()


def open_requests(application: Application) -> Sequence[DocumentRequest]:
    """Documents still waited for, oldest first."""
    query = select(DocumentRequest).where(
        DocumentRequest.application_id == application.id, DocumentRequest.handed_in_at.is_(None), DocumentRequest.withdrawn_at.is_(None)
    )
    return session.scalars(query.order_by(DocumentRequest.id)).all()


def get_request(request_id: UUID, *, application: Application, lock: bool = False) -> DocumentRequest:
    """A request on this application, with its file. Raises NotFound."""
    query = select(DocumentRequest).where(DocumentRequest.public_id == request_id, DocumentRequest.application_id == application.id)
    query = query.options(joinedload(DocumentRequest.file))
    if lock:
        query = query.with_for_update(of=DocumentRequest).execution_options(populate_existing=True)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def recruiter_of(application: Application) -> Person:
    """The recruiter of the application's posting."""
    return session.scalars(select(Person).where(Person.id == application.posting.recruiter_id)).one()


def sent_count(application: Application, *, since: datetime | None = None) -> int:
    """How many messages the candidate has sent, in all or since an instant."""
    query = select(func.count()).select_from(Message).where(Message.application_id == application.id, Message.from_candidate)
    return session.scalars(query if since is None else query.where(Message.sent_at >= since)).one()


def unanswered_on(application: Application) -> Sequence[Message]:
    """The candidate's messages that wait for the team, oldest first."""
    query = select(Message).where(Message.application_id == application.id, Message.from_candidate, Message.settled_at.is_(None))
    return session.scalars(query.order_by(Message.sent_at, Message.id)).all()


def waiting_messages(viewer: Person, *, most: int = 20) -> Select[Message]:
    """A select of the oldest unanswered message of each application the viewer sees, oldest first, with application and posting joined."""
    first = select(func.min(Message.id)).where(Message.from_candidate, Message.settled_at.is_(None)).group_by(Message.application_id)
    return (
        select(Message)
        .join(Message.application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Message.id.in_(first), sees_application(viewer))
        .order_by(Message.sent_at, Message.id)
        .limit(most)
    )
