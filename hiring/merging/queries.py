"""Reading who may be whom, and what was made one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from core.calendars.models import Occupancy
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.applications.queries import WITH_WHOM_AND_WHAT, sees_application
from hiring.merging.models import Likeness, LikenessState, Merge
from hiring.postings.models import Posting
from hiring.tags.models import CandidateTag, Tag

_LOADED = (
    joinedload(Likeness.earlier).joinedload(Candidate.person),
    joinedload(Likeness.later).joinedload(Candidate.person),
)


@dataclass(frozen=True)
class Side:
    """One of two candidates who are compared: with all applications, newest first, and tags."""

    candidate: Candidate
    applications: Sequence[Application]
    tags: Sequence[str]

    @property
    def is_hired(self) -> bool:
        """Whether one of the applications ended with a job."""
        return any(each.state is ApplicationState.HIRED for each in self.applications)


def sees_whole(viewer: Person, candidate: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that a candidate applied, and that the viewer sees each of their applications with the name on it."""
    all_of_them = select(Application.id).join(Posting, Posting.id == Application.posting_id).where(Application.candidate_id == candidate)
    kept_from = or_(~sees_application(viewer), Application.names_hidden, Application.erased_at.is_not(None), Application.erase_at.is_not(None))
    return all_of_them.exists() & ~all_of_them.where(kept_from).exists()


def _open_for(viewer: Person) -> ColumnElement[bool]:
    seen = sees_whole(viewer, Likeness.earlier_id) & sees_whole(viewer, Likeness.later_id)
    return and_(Likeness.state == LikenessState.OPEN, seen)


def suggestions(viewer: Person, *, number: int) -> Page[Likeness]:
    """Pairs nobody has decided on, of whom the viewer sees everything, newest first."""
    return one_page(select(Likeness).where(_open_for(viewer)).options(*_LOADED).order_by(Likeness.id.desc()), number=number)


def suggested_for(candidate: Candidate, *, viewer: Person) -> Sequence[Likeness]:
    """The pairs one candidate is in."""
    mine = or_(Likeness.earlier_id == candidate.id, Likeness.later_id == candidate.id)
    return session.scalars(select(Likeness).where(_open_for(viewer), mine).options(*_LOADED).order_by(Likeness.id)).all()


def find_likeness(one: Candidate, other: Candidate) -> Likeness | None:
    """What is known about a pair."""
    earlier, later = sorted((one.id, other.id))
    return session.scalars(select(Likeness).where(Likeness.earlier_id == earlier, Likeness.later_id == later)).one_or_none()


def newest_applications(candidates: Sequence[int]) -> dict[int, list[Application]]:
    """Every application of these candidates by inner key, newest first."""
    query = select(Application).where(Application.candidate_id.in_(candidates)).options(*WITH_WHOM_AND_WHAT)
    found: dict[int, list[Application]] = {candidate: [] for candidate in candidates}
    for application in session.scalars(query.order_by(Application.applied_at.desc(), Application.id.desc())):
        found[application.candidate_id].append(application)
    return found


def side_of(candidate: Candidate) -> Side:
    """One candidate with everything that is compared. Needs `candidate.person`."""
    tags = select(Tag.name).join(CandidateTag, CandidateTag.tag_id == Tag.id).where(CandidateTag.candidate_id == candidate.id)
    return Side(candidate, newest_applications([candidate.id])[candidate.id], session.scalars(tags.order_by(Tag.folded)).all())


def get_whole_candidate(application_id: UUID, *, viewer: Person) -> Candidate:
    """The candidate of an application, if the viewer sees every application of theirs with the name on it. Raises NotFound."""
    query = select(Candidate).join(Application, Application.candidate_id == Candidate.id).options(joinedload(Candidate.person))
    found = session.scalars(query.where(Application.public_id == application_id, sees_whole(viewer, Candidate.id))).one_or_none()
    if found is None:
        raise NotFound
    return found


def merges_of(candidate: Candidate) -> Sequence[Merge]:
    """Who has become this candidate, the newest first, those undone too."""
    loaded = (joinedload(Merge.gone).joinedload(Candidate.person), joinedload(Merge.merged_by))
    query = select(Merge).where(Merge.kept_id == candidate.id).options(*loaded)
    return session.scalars(query.order_by(Merge.id.desc())).all()


def get_merge(merge_id: UUID, *, viewer: Person) -> Merge:
    """A merge of which the viewer sees everything. Raises NotFound."""
    query = select(Merge).where(Merge.public_id == merge_id, sees_whole(viewer, Merge.kept_id))
    loaded = (joinedload(Merge.kept).joinedload(Candidate.person), joinedload(Merge.gone).joinedload(Candidate.person))
    found = session.scalars(query.options(*loaded)).one_or_none()
    if found is None:
        raise NotFound
    return found


def became_another(candidate: Candidate) -> bool:
    """Whether a candidate has been merged into another since."""
    return session.scalars(select(Merge.id).where(Merge.gone_id == candidate.id, Merge.undone_at.is_(None))).one_or_none() is not None


def conversation_of_both(one: Person, other: Person) -> Occupancy | None:
    """A time at which both were, or are to be, in a conversation: then they are two, or one of the times has to move."""
    theirs = aliased(Occupancy)
    query = select(Occupancy).join(theirs, and_(theirs.starts_at < Occupancy.ends_at, theirs.ends_at > Occupancy.starts_at))
    return session.scalars(query.where(Occupancy.person_id == one.id, theirs.person_id == other.id).order_by(Occupancy.starts_at).limit(1)).first()


def others_of(candidate: Candidate) -> Sequence[Candidate]:
    """All who have become this candidate, by one step or several."""
    found: list[Candidate] = []
    newest = [candidate.id]
    while newest:
        query = select(Candidate).join(Merge, Merge.gone_id == Candidate.id).where(Merge.kept_id.in_(newest), Merge.undone_at.is_(None))
        rows = session.scalars(query.options(joinedload(Candidate.person))).all()
        newest = [each.id for each in rows]
        found.extend(rows)
    return found


def reached_once_at(email: str) -> Sequence[Candidate]:
    """Candidates into whom somebody with this case-folded address was merged."""
    once = select(Candidate.id).where(Candidate.email == email)
    found: set[int] = set()
    newest = list(session.scalars(once))
    while newest:
        newest = list(session.scalars(select(Merge.kept_id).where(Merge.gone_id.in_(newest), Merge.undone_at.is_(None))))
        found.update(newest)
    query = select(Candidate).where(Candidate.id.in_(found)).options(joinedload(Candidate.person)).order_by(Candidate.id)
    return session.scalars(query).all() if found else []
