"""Setting how a posting's applications are screened, and showing a name before its time."""

from sqlalchemy import delete, exists, or_, select, update

from core.audit.record import record
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application, ApplicationState
from hiring.applications.policy import can_decide
from hiring.applications.queries import lock_application
from hiring.interviews.models import Interview
from hiring.offers.models import Offer
from hiring.postings import policy as postings
from hiring.postings.models import Posting, Stage, StageKind
from hiring.postings.queries import lock_posting
from hiring.search.asking import ask_for_index, ask_for_index_by_key
from hiring.search.models import SearchDocument

MOST_SCREENERS = 5
AT_ONCE = 500
NAMED_KINDS = (StageKind.INTERVIEW, StageKind.OFFER, StageKind.HIRED)


def set_screening(posting: Posting, *, named_from: Stage | None, screeners: int, by: Person) -> None:
    """Say from which stage on names are shown (None: always), and how many people mark each application.

    Open applications before that stage are hidden too, unless they have an interview or an offer; those who passed it stay known.
    Needs `posting.stages` and `posting.members`. Raises NotAllowed, Invalid.
    """
    if not (postings.can_write(by) and postings.can_see(by, posting)):
        raise NotAllowed(_("You do not write postings."))
    if named_from is not None and named_from not in posting.stages:
        raise Invalid(_("Choose a stage of this posting."), field="named_from")
    if not 1 <= screeners <= MOST_SCREENERS:
        raise Invalid(_("Choose between 1 and %(most)d people.", most=MOST_SCREENERS), field="screeners")
    lock_posting(posting)
    before = [[stage.id for stage in posting.stages if stage.is_blind], posting.screeners]
    posting.screeners = screeners
    mark_blind_stages(posting.stages, named_from=named_from)
    session.flush()
    _hide_and_show(posting.stages)
    changes = {"blind_stages": [before[0], [stage.id for stage in posting.stages if stage.is_blind]], "screeners": [before[1], screeners]}
    record("hiring.posting.screening_changed", posting, by=by, changes=changes)


def mark_blind_stages(stages: list[Stage], *, named_from: Stage | None) -> None:
    """Mark the stages before `named_from` as blind, and no other. `stages` are those of a posting, in order."""
    before_it = named_from is not None
    for stage in stages:
        before_it = before_it and stage is not named_from and stage.kind not in NAMED_KINDS
        stage.is_blind = before_it


def first_named(stages: list[Stage], *, besides: Stage | None = None) -> Stage | None:
    """The first stage in which names are shown, leaving one out that is about to move or go."""
    return next((stage for stage in stages if not stage.is_blind and stage is not besides), None)


def keep_stages_blind(stages: list[Stage], *, named_from: Stage | None) -> None:
    """After the plan was changed: names stay hidden up to the stage they were shown from, and nowhere behind it."""
    before = [stage.id for stage in stages if stage.is_blind]
    if not before:
        return
    mark_blind_stages(stages, named_from=named_from)
    session.flush()
    if before != [stage.id for stage in stages if stage.is_blind]:
        _hide_and_show(stages)


def _hide_and_show(stages: list[Stage]) -> None:
    posting_id = stages[0].posting_id
    blind = [stage.id for stage in stages if stage.is_blind]
    met = or_(exists().where(Interview.application_id == Application.id), exists().where(Offer.application_id == Application.id))
    of_posting = (Application.posting_id == posting_id, Application.state == ApplicationState.ACTIVE)
    to_hide = select(Application.id).where(*of_posting, Application.stage_id.in_(blind), Application.names_hidden.is_(False), ~met)
    to_show = select(Application.id).where(
        Application.posting_id == posting_id, Application.stage_id.not_in(blind), Application.names_hidden.is_(True)
    )
    for query, hidden in ((to_hide, True), (to_show, False)):
        keys = session.scalars(query.order_by(Application.id)).all()
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            session.execute(update(Application).where(Application.id.in_(some)).values(names_hidden=hidden))
            session.execute(delete(SearchDocument).where(SearchDocument.application_id.in_(some)))  # at once; the worker writes it anew
            ask_for_index_by_key(*some)


def reveal(application: Application, *, reason: str, by: Person) -> None:
    """Show who the candidate is before the stage where everybody is told, for a reason that is kept.

    Raises NotAllowed, WrongState when it is known already, Invalid without a reason.
    """
    if not can_decide(by, application.posting):
        raise NotAllowed(_("You do not decide on applications to this posting."))
    application = lock_application(application)
    if not application.names_hidden:
        raise WrongState(_("The name is shown already."))
    if not reason.strip():
        raise Invalid(_("Say why the name has to be known now."), field="reason")
    application.names_hidden = False
    session.flush()
    record("hiring.application.revealed", application, by=by, person=application.candidate.person, reason=reason.strip())
    ask_for_index(application)
