"""Reading applications: those a colleague may see, and the one a private link opens."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from core.clock import now
from core.db import session
from core.errors import NotFound
from core.files.models import StoredFile
from core.people.models import Person
from core.web.paging import Page, one_page
from hiring.applications.models import (
    Answer,
    Application,
    ApplicationMove,
    ApplicationState,
    Candidate,
    DeclineReason,
    HeldResume,
    Resubmission,
    ResubmissionFile,
    ResubmissionState,
)
from hiring.postings.models import Posting
from hiring.postings.queries import sees_posting

COLUMNS = list(Application.__table__.columns.keys())
WITH_WHOM_AND_WHAT = (
    joinedload(Application.candidate).joinedload(Candidate.person),
    joinedload(Application.posting).joinedload(Posting.location),
    joinedload(Application.stage),
    joinedload(Application.resume),
)


def sees_application(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees an application, for `where` of a query that joins Posting."""
    return sees_posting(viewer)


def get_application(application_id: UUID, *, viewer: Person) -> Application:
    """The application with candidate, posting, stage, résumé and answers, if the viewer may see it. Raises NotFound."""
    query = (
        select(Application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Application.public_id == application_id, sees_application(viewer))
        .options(
            *WITH_WHOM_AND_WHAT,
            selectinload(Application.answers).joinedload(Answer.question),
            joinedload(Application.posting).joinedload(Posting.members),
            joinedload(Application.posting).joinedload(Posting.stages),
        )
    )
    found = session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_application(application: Application) -> Application:
    """Hold the application's row until the transaction ends, with its present values; what was loaded beside it stays loaded."""
    session.refresh(application, attribute_names=COLUMNS, with_for_update={"key_share": True})
    return session.scalars(select(Application).where(Application.id == application.id).options(*WITH_WHOM_AND_WHAT)).one()


def application_of_link(application_id: UUID | None) -> Application:
    """What a private link opens: the application with all its owner may see. Raises NotFound."""
    query = (
        select(Application)
        .where(Application.public_id == application_id)
        .options(
            *WITH_WHOM_AND_WHAT,
            selectinload(Application.answers).options(joinedload(Answer.question), joinedload(Answer.file)),
            selectinload(Application.resubmissions).options(
                joinedload(Resubmission.resume), selectinload(Resubmission.files).joinedload(ResubmissionFile.file)
            ),
            joinedload(Application.posting).selectinload(Posting.stages),
            joinedload(Application.posting).joinedload(Posting.recruiter),
            joinedload(Application.posting).selectinload(Posting.questions),
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_answer_file(application: Application, answer_id: UUID) -> StoredFile:
    """The file that answers a question of this application. Raises NotFound."""
    query = select(StoredFile).join(Answer, Answer.file_id == StoredFile.id)
    found = session.scalars(query.where(Answer.application_id == application.id, Answer.public_id == answer_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_application(posting: Posting, email: str) -> Application | None:
    """The application to this posting from this case-folded address, if there is one."""
    query = select(Application).where(Application.posting_id == posting.id, Application.email == email)
    return session.scalars(query.options(*WITH_WHOM_AND_WHAT)).one_or_none()


def applications_from(email: str) -> Sequence[Application]:
    """Every application whose candidate is reached at this case-folded address now, newest first."""
    query = select(Application).join(Candidate, Candidate.id == Application.candidate_id)
    query = query.where(Candidate.email == email).options(*WITH_WHOM_AND_WHAT)
    return session.scalars(query.order_by(Application.applied_at.desc(), Application.id.desc())).all()


def newest_resubmission(application: Application) -> Resubmission | None:
    """The resubmission received last, whatever became of it."""
    query = select(Resubmission).where(Resubmission.application_id == application.id)
    return session.scalars(query.order_by(Resubmission.received_at.desc(), Resubmission.id.desc()).limit(1)).one_or_none()


def superseded_resubmissions(application: Application, *, beyond: int) -> Sequence[Resubmission]:
    """Later applications that a still later one took the place of, but for the newest so many of them."""
    query = select(Resubmission).where(Resubmission.application_id == application.id, Resubmission.state == ResubmissionState.DISCARDED)
    query = query.order_by(Resubmission.received_at.desc(), Resubmission.id.desc()).offset(beyond).limit(100)
    return session.scalars(query.options(selectinload(Resubmission.files))).all()


def waiting_resubmissions(application: Application) -> Sequence[Resubmission]:
    """Resubmissions the candidate has not decided on, oldest first."""
    query = select(Resubmission).where(Resubmission.application_id == application.id, Resubmission.state == ResubmissionState.WAITING)
    return session.scalars(query.options(joinedload(Resubmission.resume)).order_by(Resubmission.received_at, Resubmission.id)).all()


def files_in_use(application: Application) -> set[int]:
    """Ids of the files that the application or a later one beside it still needs."""
    later = select(Resubmission.resume_id).where(Resubmission.application_id == application.id)
    added = select(ResubmissionFile.file_id).join(ResubmissionFile.resubmission).where(Resubmission.application_id == application.id)
    answers = select(Answer.file_id).where(Answer.application_id == application.id, Answer.file_id.is_not(None))
    return {application.resume_id, *session.scalars(union_all(later, added, answers))}


def history_of(application: Application) -> Sequence[ApplicationMove]:
    """The application's history, newest first, with stages and who did it."""
    query = select(ApplicationMove).where(ApplicationMove.application_id == application.id)
    loaded = (joinedload(ApplicationMove.from_stage), joinedload(ApplicationMove.to_stage), joinedload(ApplicationMove.by))
    return session.scalars(query.options(*loaded).order_by(ApplicationMove.at.desc(), ApplicationMove.id.desc())).all()


def last_move_of(application: Application) -> ApplicationMove | None:
    """The newest line of the application's history, with its stage and who did it."""
    query = select(ApplicationMove).where(ApplicationMove.application_id == application.id)
    query = query.options(joinedload(ApplicationMove.to_stage), joinedload(ApplicationMove.by))
    return session.scalars(query.order_by(ApplicationMove.at.desc(), ApplicationMove.id.desc()).limit(1)).one_or_none()


def knocked_out_applications(viewer: Person, *, number: int) -> Page[Application]:
    """Applications a rule declined whose candidates have not been told yet, the next letter first."""
    query = (
        select(Application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(
            sees_application(viewer),
            Application.state == ApplicationState.DECLINED,
            Application.decline_reason == DeclineReason.KNOCK_OUT,
            Application.outcome_from > now(),
        )
        .options(
            joinedload(Application.candidate).joinedload(Candidate.person),
            joinedload(Application.posting),
            selectinload(Application.answers.and_(Answer.knocks_out)).joinedload(Answer.question),
        )
        .order_by(Application.outcome_from, Application.id)
    )
    return one_page(query, number=number)


def hired_count(posting: Posting) -> int:
    """How many were hired for the posting."""
    query = select(func.count()).select_from(Application)
    return session.scalars(query.where(Application.posting_id == posting.id, Application.state == ApplicationState.HIRED)).one()


def active_count(posting: Posting) -> int:
    """How many applications to the posting are undecided."""
    query = select(func.count()).select_from(Application)
    return session.scalars(query.where(Application.posting_id == posting.id, Application.state == ApplicationState.ACTIVE)).one()


def counts_by_posting(postings: Sequence[Posting], *, most: int = 1000) -> dict[int, int]:
    """How many applications are active for each posting, by its inner key. Counts no further than one over `most`."""
    active = select(Application.id).where(Application.posting_id == Posting.id, Application.state == ApplicationState.ACTIVE)
    few = active.limit(most + 1).correlate(Posting).subquery()
    count = select(func.count()).select_from(few).scalar_subquery()
    rows = session.execute(select(Posting.id, count).where(Posting.id.in_([posting.id for posting in postings])))
    return {row[0]: row[1] for row in rows if row[1]}


def find_held_resume(reference: UUID, *, posting: Posting, holder_hash: str) -> HeldResume | None:
    """The résumé held for this posting's form in this visitor's session; None for a foreign or unknown reference."""
    query = select(HeldResume).where(HeldResume.public_id == reference, HeldResume.posting_id == posting.id, HeldResume.holder_hash == holder_hash)
    return session.scalars(query.options(joinedload(HeldResume.file))).one_or_none()


def held_before(instant: datetime) -> Sequence[HeldResume]:
    """Résumés held for more than a day before the instant."""
    query = select(HeldResume).where(HeldResume.held_at < instant - timedelta(days=1))
    return session.scalars(query.order_by(HeldResume.id).limit(1000)).all()
