"""Reading one application for its page: no more of each row than the page shows, for most of its time goes into loading."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select, union
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from core.calendars.models import Booking
from core.db import session
from core.errors import NotFound
from core.files.models import StoredFile
from core.people.models import Person
from hiring.applications.models import Answer, Application, ApplicationMove, Candidate
from hiring.applications.queries import sees_application
from hiring.blind.naming import name_shown
from hiring.interviews.models import Interview, InterviewSeat, Scorecard
from hiring.merging.models import Likeness, LikenessState
from hiring.notes.models import Note
from hiring.offers.models import Offer
from hiring.postings.models import Posting, Question, Stage

OTHERS = 10

_HOLDS = [select(table.id).where(table.application_id == Application.id).exists() for table in (Interview, Offer, Note)]
# written once: putting such a statement together takes as long as reading its rows
_APPLICATION = (
    select(Application, *_HOLDS)
    .join(Application.posting)
    .options(
        contains_eager(Application.posting)
        .load_only(Posting.public_id, Posting.title, Posting.language, Posting.screeners, raiseload=True)
        .joinedload(Posting.stages),
        joinedload(Application.candidate).joinedload(Candidate.person),
        joinedload(Application.resume).load_only(StoredFile.name, StoredFile.size, raiseload=True),
        selectinload(Application.answers).joinedload(Answer.question).load_only(Question.text, Question.kind, Question.is_mission, raiseload=True),
    )
)
_INTERVIEWS = (
    select(Interview)
    .join(Interview.booking)
    .where(Interview.application_id == bindparam("application"))
    .order_by(Booking.starts_at, Interview.id)
    .options(
        defer(Interview.questions, raiseload=True),
        contains_eager(Interview.booking).load_only(Booking.starts_at, Booking.ends_at, raiseload=True),
        joinedload(Interview.seats).joinedload(InterviewSeat.person).load_only(Person.name, raiseload=True),
        joinedload(Interview.scorecards).joinedload(Scorecard.person).load_only(Person.name, raiseload=True),
    )
)
_MOVES = (
    select(ApplicationMove)
    .where(ApplicationMove.application_id == bindparam("application"))
    .order_by(ApplicationMove.at.desc(), ApplicationMove.id.desc())
    .options(
        joinedload(ApplicationMove.to_stage).load_only(Stage.name, raiseload=True),
        joinedload(ApplicationMove.by).load_only(Person.name, raiseload=True),
    )
)
_MINE: BindParameter[int] = bindparam("candidate")
_PAIRED = [
    select(there).where(here == _MINE, Likeness.state == LikenessState.OPEN)
    for here, there in ((Likeness.earlier_id, Likeness.later_id), (Likeness.later_id, Likeness.earlier_id))
]
_BESIDE = union(  # each by an index of its own: with OR, PostgreSQL reads every application
    select(Application.id).where(Application.candidate_id == _MINE),
    select(Application.id).where(Application.email == bindparam("email")),
    *(select(Application.id).where(Application.candidate_id.in_(pair)) for pair in _PAIRED),
)
_OTHERS = (
    select(Application.public_id, Posting.title, Person.name, Application.names_hidden, Application.candidate_id == bindparam("candidate"))
    .join(Application.posting)
    .join(Application.candidate)
    .join(Candidate.person)
    .where(
        Application.names_hidden.is_(False),
        Application.id != bindparam("application"),
        Application.id.in_(_BESIDE),
    )
    .order_by(Application.applied_at.desc(), Application.id.desc())
    .limit(OTHERS)
)


@dataclass(frozen=True)
class Holds:
    """Whether there is any of what an application may have: what it has not is not looked for."""

    interviews: bool
    offers: bool
    notes: bool


@dataclass(frozen=True)
class Other:
    """Another application of the same candidate, or of one who may be the same."""

    public_id: UUID
    posting: str
    name: str
    names_hidden: bool
    is_theirs: bool  # or else only perhaps

    @property
    def shown_name(self) -> str:
        """What staff call the candidate."""
        return name_shown(self.name, self.public_id, self.names_hidden)


def get_application_to_show(application_id: UUID, *, viewer: Person) -> tuple[Application, Holds]:
    """The application with candidate, posting and its stages, résumé and answers, if the viewer may see it, and what else there is of it.

    Raises NotFound.
    """
    query = _APPLICATION.where(Application.public_id == application_id, sees_application(viewer))
    row = session.execute(query).unique().one_or_none()
    if row is None:
        raise NotFound
    found, *holds = row
    its_stage = next((stage for stage in found.posting.stages if stage.id == found.stage_id), None)
    set_committed_value(found, "stage", its_stage or session.get_one(Stage, found.stage_id))  # the latter: it has been removed since
    return found, Holds(*holds)


def interviews_to_show(application: Application) -> Sequence[Interview]:
    """Every interview of the application in order of time, with its time, seats and cards."""
    return session.scalars(_INTERVIEWS, {"application": application.id}).unique().all()


def moves_to_show(application: Application) -> Sequence[ApplicationMove]:
    """The application's history, newest first, with the names of stages and of who did it."""
    return session.scalars(_MOVES, {"application": application.id}).all()


def others_from(application: Application, viewer: Person) -> list[Other]:
    """Other applications of the candidate, or of one who may be the same, that the viewer sees: for a person to judge.

    None while names are hidden, and none of those whose are.
    """
    if application.names_hidden:
        return []
    query = _OTHERS.where(sees_application(viewer))
    mine = {"application": application.id, "candidate": application.candidate_id, "email": application.email}
    return [Other(*row) for row in session.execute(query, mine)]
