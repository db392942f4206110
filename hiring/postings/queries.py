"""Reading postings: those a colleague may see, and those everybody may."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload, load_only, selectinload

from core.clock import today
from core.db import session
from core.errors import Conflict, NotFound
from core.people.folding import folded
from core.people.models import Department, EmploymentType, Location, Person
from core.people.rights import Right
from core.web.i18n import _
from core.web.paging import Page, one_page
from hiring.postings.models import MemberPart, Posting, PostingMember, PostingMove, PostingState, Stage, StageKind, Workplace
from hiring.postings.policy import SEEING_PARTS

COLUMNS = list(Posting.__table__.columns.keys())
IN_ITS_FORM = (
    joinedload(Posting.job_role),
    joinedload(Posting.department),
    joinedload(Posting.location),
    joinedload(Posting.recruiter),
    joinedload(Posting.hiring_manager),
    selectinload(Posting.members).joinedload(PostingMember.person),
)
ON_ITS_PAGE = (*IN_ITS_FORM, selectinload(Posting.criteria), selectinload(Posting.questions), selectinload(Posting.stages))
# written once: putting such statements together takes as long as reading their rows
_IN_ITS_FORM = select(Posting).options(*IN_ITS_FORM)
_ON_ITS_PAGE = select(Posting).options(*ON_ITS_PAGE)
_WITH_STAGES = select(Posting).options(joinedload(Posting.department), joinedload(Posting.location), selectinload(Posting.stages))
_WITH_PLACE = (
    select(Posting)
    .join(Posting.location)
    .join(Posting.department)
    .options(contains_eager(Posting.department), contains_eager(Posting.location))
    .order_by(Posting.opened_at.desc(), Posting.id.desc())
)
_PUBLIC = (
    select(Posting)
    .where(Posting.slug == bindparam("slug"), Posting.opened_at.is_not(None), Posting.state != PostingState.ARCHIVED)
    .options(joinedload(Posting.department), joinedload(Posting.location), selectinload(Posting.criteria), selectinload(Posting.questions))
)
_ZONES = select(Location.time_zone).distinct().order_by(Location.time_zone)


@dataclass(frozen=True)
class CareersFilter:
    """What a visitor looks for. Empty fields ask for nothing."""

    text: str = ""
    department: str = ""
    location: str = ""
    workplace: str = ""
    employment_type: str = ""


def sees_posting(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees a posting, for `where` of a query that joins Posting."""
    if viewer.may(Right.SEE_EVERY_POSTING):
        return Posting.id.is_not(None)
    mine = select(PostingMember.posting_id).where(PostingMember.person_id == viewer.id, PostingMember.part.in_(SEEING_PARTS))
    return Posting.id.in_(mine)


def visible_postings(viewer: Person) -> Select[Posting]:
    """A select of the postings the viewer may see, newest change first."""
    return select(Posting).where(sees_posting(viewer)).order_by(Posting.changed_at.desc(), Posting.id.desc())


def postings_page(viewer: Person, *, number: int, state: PostingState | None = None, text: str = "") -> Page[Posting]:
    """One page of the postings the viewer may see."""
    query = visible_postings(viewer).options(joinedload(Posting.department), joinedload(Posting.location), joinedload(Posting.hiring_manager))
    if state is not None:
        query = query.where(Posting.state == state)
    elif not text:
        query = query.where(Posting.state != PostingState.ARCHIVED)
    if text:
        query = query.where(Posting.id.in_(_titled(viewer, folded(text))))
    return one_page(query, number=number)


def _titled(viewer: Person, words: str) -> list[int]:
    """Postings the viewer sees whose title contains the words, whatever their case and accents: databases differ in both."""
    query = select(Posting.id, Posting.title).where(sees_posting(viewer)).order_by(Posting.id)
    return [key for key, title in session.execute(query) if words in _folded_once(title)]


def postings_for_choice(viewer: Person) -> Sequence[Posting]:
    """The postings the viewer may see, by title, for a filter."""
    query = select(Posting).where(sees_posting(viewer), Posting.opened_at.is_not(None)).options(load_only(Posting.public_id, Posting.title))
    return session.scalars(query.order_by(Posting.title, Posting.id)).all()


def get_posting(posting_id: UUID, *, viewer: Person) -> Posting:
    """The posting with all that belongs to it, if the viewer may see it. Raises NotFound."""
    return _seen(posting_id, viewer, _ON_ITS_PAGE)


def get_posting_text(posting_id: UUID, *, viewer: Person) -> Posting:
    """The posting without criteria, questions and stages, if the viewer may see it. Raises NotFound."""
    return _seen(posting_id, viewer, _IN_ITS_FORM)


def get_posting_with_stages(posting_id: UUID, *, viewer: Person) -> Posting:
    """The posting with department, place and stages, if the viewer may see it. Raises NotFound."""
    return _seen(posting_id, viewer, _WITH_STAGES)


def _seen(posting_id: UUID, viewer: Person, query: Select[Posting]) -> Posting:
    found = session.scalars(query.where(Posting.public_id == posting_id, sees_posting(viewer))).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_posting(posting: Posting) -> Posting:
    """Hold the posting's row until the transaction ends, with its present values; what was loaded beside it stays loaded."""
    session.refresh(posting, attribute_names=COLUMNS, with_for_update={"key_share": True})
    return session.scalars(select(Posting).where(Posting.id == posting.id).options(joinedload(Posting.location))).one()


def history_of(posting: Posting) -> Sequence[PostingMove]:
    """The posting's history, newest first, with who did it."""
    query = select(PostingMove).where(PostingMove.posting_id == posting.id).options(joinedload(PostingMove.by))
    return session.scalars(query.order_by(PostingMove.at.desc(), PostingMove.id.desc())).all()


def first_stage(posting: Posting) -> Stage:
    """The stage new applications arrive in."""
    return session.scalars(
        select(Stage).where(Stage.posting_id == posting.id, Stage.removed_at.is_(None)).order_by(Stage.position, Stage.id).limit(1)
    ).one()


def hired_stage(posting: Posting) -> Stage:
    """The stage of those who were hired."""
    return session.scalars(
        select(Stage).where(Stage.posting_id == posting.id, Stage.kind == StageKind.HIRED).order_by(Stage.position, Stage.id).limit(1)
    ).one()


def hold_stage(stage: Stage) -> None:
    """Keep the stage from being removed until the transaction ends. Raises Conflict when it was removed already."""
    session.refresh(stage, attribute_names=["removed_at"], with_for_update={"read": True})
    if stage.removed_at is not None:
        raise Conflict(_("That stage has been removed in the meantime. Reload the page to see the stages as they are now."))


def standing_stage(stage: Stage) -> Stage:
    """The stage itself, or the one that took its place when it was removed."""
    while stage.removed_at is not None and stage.replaced_by_id is not None:
        stage = session.scalars(select(Stage).where(Stage.id == stage.replaced_by_id)).one()
    return stage


def slug_is_taken(slug: str) -> bool:
    """Whether a posting has this slug already."""
    return session.scalars(select(func.count()).select_from(Posting).where(Posting.slug == slug)).one() > 0


def past_their_deadline() -> Sequence[Posting]:
    """Open and paused postings whose last day is over where the work is, for the timetable."""
    query = select(Posting).where(Posting.state.in_((PostingState.OPEN, PostingState.PAUSED)), Posting.closes_on.is_not(None))
    due = session.scalars(query.options(joinedload(Posting.location)).order_by(Posting.id)).all()
    return [posting for posting in due if posting.is_past_deadline]


# --- what everybody may see ---


def find_public_posting(slug: str) -> Posting:
    """The posting behind a public address, with all that is shown there; closed ones too, drafts never. Raises NotFound."""
    found = session.scalars(_PUBLIC, {"slug": slug}).one_or_none()
    if found is None or found.state is PostingState.DRAFT:
        raise NotFound
    return found


def _open_now() -> ColumnElement[bool]:
    zones = session.scalars(_ZONES).all()
    still = [and_(Location.time_zone == zone, Posting.closes_on >= today(zone)) for zone in zones]
    return and_(Posting.state == PostingState.OPEN, or_(Posting.closes_on.is_(None), *still))


def _open_postings() -> Select[Posting]:
    return _WITH_PLACE.where(_open_now())


def open_postings(*, limit: int | None = None) -> Sequence[Posting]:
    """Every posting one can apply to now, or so many, newest first, for feeds and the site map."""
    return session.scalars(_open_postings().limit(limit)).all()


def careers_page(wanted: CareersFilter, *, number: int) -> Page[Posting]:
    """One page of the postings one can apply to now that fit what the visitor looks for."""
    query = _open_postings().options(defer(Posting.responsibilities, raiseload=True), defer(Posting.qualifications, raiseload=True))
    if words := folded(wanted.text).split()[:8]:
        query = query.where(Posting.id.in_(_holding(words)))
    if wanted.department:
        query = query.where(Department.public_id == _uuid(wanted.department))
    if wanted.location:
        query = query.where(Location.public_id == _uuid(wanted.location))
    if wanted.workplace:
        query = query.where(Posting.workplace == wanted.workplace if wanted.workplace in set(Workplace) else Posting.id.is_(None))
    if wanted.employment_type:
        known = wanted.employment_type in set(EmploymentType)
        query = query.where(Posting.employment_type == wanted.employment_type if known else Posting.id.is_(None))
    return one_page(query, number=number, size=25)


def _holding(words: Sequence[str]) -> list[int]:
    """Open postings that hold each of these words, whatever their accents: on a phone one types "gestao". Databases differ in that, and in case."""
    texts = (Posting.title, Posting.summary, Posting.responsibilities, Location.city, Department.name)
    query = select(Posting.id, *texts).join(Posting.location).join(Posting.department).where(_open_now()).order_by(Posting.id)
    found = [(key, " ".join(_folded_once(text) for text in texts)) for key, *texts in session.execute(query)]
    return [key for key, text in found if all(word in text for word in words)]


_folded_once = lru_cache(maxsize=5000)(folded)  # the same texts are looked through again and again


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def get_stage(posting: Posting, stage_id: UUID) -> Stage:
    """A stage of this posting. Raises NotFound."""
    query = select(Stage).where(Stage.posting_id == posting.id, Stage.public_id == stage_id, Stage.removed_at.is_(None))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_stage(posting: Posting, stage_id: UUID) -> Stage:
    """As get_stage."""
    return get_stage(posting, stage_id)


def postings_awaiting(person: Person) -> Select[Posting]:
    """A select of the postings that wait for this person's approval, longest first."""
    mine = select(PostingMember.posting_id).where(PostingMember.person_id == person.id)
    may = Posting.id.in_(mine) if person.may(Right.APPROVE_POSTINGS) else Posting.hiring_manager_id == person.id
    query = select(Posting).where(Posting.state == PostingState.IN_APPROVAL, may, Posting.requested_by_id != person.id)
    return query.order_by(Posting.changed_at, Posting.id).limit(50)


def postings_in_hand(person: Person) -> Sequence[Posting]:
    """Drafts, and approved postings not opened yet, that this person recruits for, longest untouched first."""
    mine = select(PostingMember.posting_id).where(PostingMember.person_id == person.id, PostingMember.part == MemberPart.RECRUITER)
    query = select(Posting).where(Posting.state.in_((PostingState.DRAFT, PostingState.APPROVED)), Posting.id.in_(mine))
    return session.scalars(query.order_by(Posting.changed_at, Posting.id)).all()
