"""Somebody's way through a programme: begun, carried on from stage to stage by what counts or by somebody's word, ended."""

from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Invalid, WrongState
from core.people.models import Employment, Person
from core.people.queries import employments_of, find_employment
from core.web.i18n import _
from onboarding.programmes import policy
from onboarding.programmes.models import PARTICIPATION_WORKFLOW, Participation, ParticipationState, Programme, ProgrammeStage, StagePassage
from onboarding.programmes.queries import find_active_programme, find_participation, get_participation_by_key, progress_of


def begin_programme(person: Person, programme: Programme, *, by: Person | None) -> Participation:
    """Let somebody begin a programme. Raises WrongState when they are in one already, or it is not in use."""
    policy.insist_on_lead(by, manager_id=manager_of(person))
    if not programme.is_active or not programme.stages:
        raise WrongState(_("This programme is not in use. Choose another one."))
    if find_participation(person) is not None:
        raise WrongState(_("%(name)s is in a programme already. End that one first.", name=person.name))
    participation = Participation(person=person, programme=programme, stage=programme.stages[0], state=ParticipationState.RUNNING, passages=[])
    session.add(participation)
    session.flush()
    record("onboarding.participation.begun", participation, by=by, person=person, changes={"programme": programme.id})
    return participation


def begin_programme_of_role(person: Person, *, employment: Employment, by: Person | None) -> Participation | None:
    """Let a new hire begin the programme of their job role, if there is one and they are in none; twice changes nothing."""
    programme = find_active_programme(employment.job_role_id)
    if programme is None or find_participation(person) is not None:
        return None
    return begin_programme(person, programme, by=None if by is None or not policy.can_write(by) else by)


def carry_on(participation_id: int | None) -> None:
    """Let somebody go on for as long as what counts is enough and nobody's word is needed; called whenever something may count anew."""
    if participation_id is None:
        return
    session.flush()
    participation = get_participation_by_key(participation_id)
    while participation.stage is not None:
        reached = progress_of([participation])[participation.id][participation.stage.id]
        if participation.stage.needs_approval or not reached.is_reached:
            return
        _pass(participation, participation.stage, by=None, comment="")


def let_pass(participation: Participation, *, comment: str, by: Person) -> None:
    """Let a new hire go on to the next stage. Raises Invalid without a reason while something of the stage is missing."""
    hold(participation)
    policy.insist_on_lead(by, manager_id=manager_of(participation.person))
    stage = next((row for row in participation.programme.stages if row.id == participation.stage_id), None)
    if stage is None:
        raise WrongState(_("This programme is over."))
    comment = comment.strip()[:1000]
    if not comment and not progress_of([participation])[participation.id][stage.id].is_reached:
        raise Invalid(_("Something of this stage is missing. Say why it is passed all the same."), field="comment")
    _pass(participation, stage, by=by, comment=comment)
    carry_on(participation.id)


def end_programme(participation: Participation, *, reason: str, by: Person | None) -> None:
    """End somebody's programme early. What was seen stays."""
    hold(participation)
    policy.insist_on_lead(by, manager_id=manager_of(participation.person))
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    PARTICIPATION_WORKFLOW.insist(participation.state, ParticipationState.ENDED)
    participation.state, participation.ended_at, participation.stage = ParticipationState.ENDED, now(), None
    participation.reason = reason.strip()[:1000]
    session.flush()
    record("onboarding.participation.ended", participation, by=by, person=participation.person, reason=participation.reason)


def manager_of(person: Person) -> int | None:
    """The inner key of the person's manager today, or on their first day while that lies ahead."""
    employment = find_employment(person, on=today(person.time_zone)) or next(iter(employments_of(person)), None)
    return None if employment is None else employment.manager_id


def _pass(participation: Participation, stage: ProgrammeStage, *, by: Person | None, comment: str) -> None:
    session.add(StagePassage(participation_id=participation.id, stage_id=stage.id, by_id=None if by is None else by.id, comment=comment))
    following = next((row for row in participation.programme.stages if row.position > stage.position), None)
    participation.stage = following
    if following is None:
        PARTICIPATION_WORKFLOW.insist(participation.state, ParticipationState.COMPLETED)
        participation.state, participation.ended_at = ParticipationState.COMPLETED, now()
    session.flush()
    changes = {"stage": stage.id, "to": None if following is None else following.id}
    record("onboarding.participation.advanced", participation, by=by, person=participation.person, changes=changes, reason=comment)
