"""Reading tags: those of a candidate and those a team uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from core.db import session
from core.errors import NotFound
from core.people.folding import folded
from core.people.models import Person
from hiring.applications.models import Application, Candidate
from hiring.applications.queries import sees_application
from hiring.postings.models import Posting
from hiring.tags.models import CandidateTag, Tag

SUGGESTED = 100
_CARRIED = select(CandidateTag.id).where(CandidateTag.candidate_id == bindparam("candidate"), CandidateTag.tag_id == Tag.id).exists()
_TAGS = select(Tag, _CARRIED).order_by(_CARRIED.desc(), Tag.folded).limit(SUGGESTED)


@dataclass(frozen=True)
class TagChoice:
    """The tags a candidate carries, by name, and others worth suggesting."""

    carried: list[Tag]
    others: list[Tag]


def tags_for(candidate: Candidate) -> TagChoice:
    """What the candidate carries, and what else is in use, in one statement."""
    rows = session.execute(_TAGS, {"candidate": candidate.id}).all()
    return TagChoice([tag for tag, carried in rows if carried], [tag for tag, carried in rows if not carried])


def find_tag(name: str) -> Tag | None:
    """The tag of this name, whatever its case and accents."""
    return session.scalars(select(Tag).where(Tag.folded == folded(name))).one_or_none()


def get_tag(tag_id: UUID) -> Tag:
    """The tag with this public id. Raises NotFound."""
    found = session.scalars(select(Tag).where(Tag.public_id == tag_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_carried(candidate: Candidate, tag: Tag) -> CandidateTag | None:
    """The line that says that the candidate carries the tag."""
    return session.scalars(select(CandidateTag).where(CandidateTag.candidate_id == candidate.id, CandidateTag.tag_id == tag.id)).one_or_none()


def sees_candidate(viewer: Person, candidate: Candidate) -> bool:
    """Whether the viewer sees an application of this candidate."""
    seen = select(Application.id).join(Posting, Posting.id == Application.posting_id)
    return session.scalars(seen.where(Application.candidate_id == candidate.id, sees_application(viewer)).limit(1)).first() is not None


def applications_of(candidate: Candidate) -> Sequence[int]:
    """The inner keys of the candidate's applications."""
    return session.scalars(select(Application.id).where(Application.candidate_id == candidate.id).order_by(Application.id)).all()
