"""Reading notes and mentions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from hiring.applications.models import Application, Candidate
from hiring.applications.queries import sees_application
from hiring.notes import policy
from hiring.notes.models import Mention, Note
from hiring.postings.models import Posting

_NOTES = (
    select(Note)
    .where(Note.application_id == bindparam("application"))
    .options(joinedload(Note.author).load_only(Person.name), joinedload(Note.mentions))
    .order_by(Note.created_at.desc(), Note.id.desc())
)


def notes_on(application: Application) -> Sequence[Note]:
    """The notes on an application, newest first, with authors and mentions."""
    return session.scalars(_NOTES, {"application": application.id}).unique().all()


def get_note(note_id: UUID, *, viewer: Person) -> Note:
    """The note with its application, candidate, posting and mentions, if the viewer sees that application. Raises NotFound."""
    query = (
        select(Note)
        .join(Note.application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Note.public_id == note_id, sees_application(viewer))
        .options(
            joinedload(Note.author),
            joinedload(Note.mentions),
            contains_eager(Note.application).joinedload(Application.candidate).joinedload(Candidate.person),
            contains_eager(Note.application).joinedload(Application.posting).selectinload(Posting.members),
        )
    )
    found = session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def mentionable(posting: Posting) -> list[Person]:
    """Everybody who sees the posting's applications, by name. Needs `posting.members`."""
    return [person for person in people_with_right(Right.SEE_APPLICATIONS) if policy.can_note(person, posting)]


def unread_mentions(person: Person, *, most: int = 20) -> Select[Mention]:
    """A select of the mentions of the person not yet read, in notes that stand on applications they see, oldest first, with all of these joined."""
    return (
        select(Mention)
        .join(Mention.note)
        .join(Note.application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Mention.person_id == person.id, Mention.read_at.is_(None), Note.withdrawn_at.is_(None), sees_application(person))
        .order_by(Note.created_at, Mention.id)
        .limit(most)
    )
