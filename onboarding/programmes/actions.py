"""Writing programmes: in stages, put into use for a job role, and left as they are once somebody has begun one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.audit.record import record
from core.db import session
from core.errors import Conflict, Invalid, WrongState
from core.people.actions import one_line
from core.people.models import JobRole, Person
from core.web.i18n import _
from onboarding.programmes import policy
from onboarding.programmes.models import MOST_MINUTES, MOST_SESSIONS, Programme, ProgrammeStage, StageKind, StageObjective
from onboarding.programmes.objectives import Mode, Objective
from onboarding.programmes.queries import find_active_programme, is_begun, latest_number

MOST_STAGES = 12


@dataclass(frozen=True)
class StageText:
    """What a person writes about a stage."""

    kind: StageKind
    objectives: Sequence[Objective] = field(default_factory=tuple)
    sessions_required: int = 1
    minutes_required: int = 0
    is_reversed: bool = False
    needs_every_objective: bool = True
    needs_approval: bool = False
    mode: Mode | None = None
    days: int = 1
    reading: str = ""


def write_programme(*, name: str, job_role: JobRole, reading: str = "", course_id: int | None = None, by: Person | None) -> Programme:
    """Begin a programme for a job role; it is in use once it is put into use. Raises Invalid without a name."""
    policy.insist_on_writer(by)
    programme = Programme(
        name=_named(name), job_role=job_role, number=latest_number(job_role.id) + 1, reading=reading, course_id=course_id, is_active=False, stages=[]
    )
    session.add(programme)
    session.flush()
    record("onboarding.programme.written", programme, by=by, changes={"job_role": job_role.id, "number": programme.number})
    return programme


def describe_programme(programme: Programme, *, name: str, reading: str, course_id: int | None, version: int | None = None, by: Person) -> None:
    """Change what a programme is called, what to read first, and the course its mentors must hold. Raises Conflict when it changed meanwhile."""
    policy.insist_on_writer(by)
    if version is not None and version != programme.version:
        raise Conflict(_("Somebody else has changed this programme meanwhile. Reload the page to see it as it stands."))
    before = programme.course_id
    programme.name, programme.reading, programme.course_id = _named(name), reading, course_id
    session.flush()
    record("onboarding.programme.described", programme, by=by, changes={"course": [before, course_id]})


def add_stage(programme: Programme, *, text: StageText, by: Person | None) -> ProgrammeStage:
    """Add a stage at the end."""
    _insist_on_free(programme, by)
    _insist_on_text(text)
    if len(programme.stages) >= MOST_STAGES:
        raise Invalid(_("A programme has at most %(most)d stages.", most=MOST_STAGES))
    stage = ProgrammeStage(position=max((row.position for row in programme.stages), default=0) + 1, objectives=[])
    _write(stage, text)
    programme.stages.append(stage)
    session.flush()
    record("onboarding.programme_stage.added", stage, by=by, changes={"kind": text.kind.value, "sessions": text.sessions_required})
    return stage


def change_stage(stage: ProgrammeStage, *, text: StageText, by: Person) -> None:
    """Change what a stage asks for."""
    _insist_on_free(stage.programme, by)
    _insist_on_text(text)
    _write(stage, text)
    session.flush()
    record("onboarding.programme_stage.changed", stage, by=by, changes={"kind": text.kind.value, "sessions": text.sessions_required})


def remove_stage(stage: ProgrammeStage, *, by: Person) -> None:
    """Take a stage out."""
    _insist_on_free(stage.programme, by)
    record("onboarding.programme_stage.removed", stage, by=by, changes={"kind": stage.kind.value})
    stage.programme.stages.remove(stage)
    session.flush()


def raise_stage(stage: ProgrammeStage, *, by: Person) -> None:
    """Let a stage come before the one it follows."""
    _insist_on_free(stage.programme, by)
    rows = stage.programme.stages
    place = next(number for number, row in enumerate(rows) if row.id == stage.id)
    if place == 0:
        return
    other = rows[place - 1]
    ours, theirs = stage.position, other.position
    stage.position = 0  # no two stages hold the same place, not even for a moment
    session.flush()
    other.position = ours
    session.flush()
    stage.position = theirs
    session.flush()
    record("onboarding.programme_stage.changed", stage, by=by, changes={"position": [ours, theirs]})


def put_into_use(programme: Programme, *, by: Person | None) -> None:
    """Let a programme be the one of its job role from now on; who has begun another goes on with that. Raises Invalid without a stage."""
    policy.insist_on_writer(by)
    if programme.is_active:
        return
    if not programme.stages:
        raise Invalid(_("Add at least one stage before the programme is put into use."))
    before = find_active_programme(programme.job_role_id)
    if before is not None:
        before.is_active = False
        session.flush()
    programme.is_active = True
    session.flush()
    record("onboarding.programme.put_into_use", programme, by=by, changes={"number": programme.number})


def take_out_of_use(programme: Programme, *, by: Person) -> None:
    """Let nobody begin a programme any more."""
    policy.insist_on_writer(by)
    if not programme.is_active:
        return
    programme.is_active = False
    session.flush()
    record("onboarding.programme.taken_out_of_use", programme, by=by)


def begin_version(programme: Programme, *, by: Person) -> Programme:
    """A new version with the same stages, to be changed; the one in use stays until the new one is put into use."""
    newer = write_programme(name=programme.name, job_role=programme.job_role, reading=programme.reading, course_id=programme.course_id, by=by)
    for stage in programme.stages:
        add_stage(newer, text=text_of(stage), by=by)
    return newer


def text_of(stage: ProgrammeStage) -> StageText:
    """A stage as it is written. Needs its objectives."""
    return StageText(
        kind=stage.kind,
        objectives=[row.objective for row in stage.objectives],
        sessions_required=stage.sessions_required,
        minutes_required=stage.minutes_required,
        is_reversed=stage.is_reversed,
        needs_every_objective=stage.needs_every_objective,
        needs_approval=stage.needs_approval,
        mode=stage.mode,
        days=stage.days,
        reading=stage.reading,
    )


def _write(stage: ProgrammeStage, text: StageText) -> None:
    stage.kind, stage.is_reversed, stage.mode, stage.days, stage.reading = text.kind, text.is_reversed, text.mode, text.days, text.reading
    stage.sessions_required, stage.minutes_required = text.sessions_required, text.minutes_required
    stage.needs_every_objective, stage.needs_approval = text.needs_every_objective, text.needs_approval
    there = {row.objective_id: row for row in stage.objectives}
    wanted = {objective.id: objective for objective in text.objectives}
    stage.objectives = [there.get(key) or StageObjective(objective=objective) for key, objective in wanted.items()]


def _insist_on_text(text: StageText) -> None:
    if not text.objectives:
        raise Invalid(_("Choose at least one thing to watch."), field="objectives")
    if not 1 <= text.sessions_required <= MOST_SESSIONS:
        raise Invalid(_("Ask for between 1 and %(most)d sessions.", most=MOST_SESSIONS), field="sessions_required")
    if not 0 <= text.minutes_required <= MOST_MINUTES:
        raise Invalid(_("Ask for between 0 and %(most)d minutes.", most=MOST_MINUTES), field="minutes_required")
    if text.days not in (1, 2):
        raise Invalid(_("A session takes one or two days."), field="days")


def _insist_on_free(programme: Programme, by: Person | None) -> None:
    policy.insist_on_writer(by)
    if is_begun(programme):
        raise WrongState(_("Somebody has begun this version, so its stages stay as they are. Begin a new version and change that."))


def _named(name: str) -> str:
    name = one_line(name)[:200]
    if not name:
        raise Invalid(_("A name is needed."), field="name")
    return name
