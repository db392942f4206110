"""Demo data: policies, templates, onboardings at every stage and shadowing sessions, all made by the real actions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

import training.public
from core.calendars.business_days import add_business_days
from core.clock import now, standing_at
from core.db import session
from core.errors import Conflict, Invalid
from core.people.models import Employment, EmploymentType, JobRole, Person
from core.people.queries import get_person
from core.web.i18n import force_locale
from core.world import World
from onboarding import demo_texts as texts
from onboarding.changes.actions import describe_day_one
from onboarding.changes.leaving import add_usual_tasks
from onboarding.checklists import actions
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.locks import locks_of
from onboarding.checklists.models import Checklist, Task, TaskState
from onboarding.checklists.queries import get_checklist, tasks_of
from onboarding.demo_bulk import add_onboardings, add_sessions
from onboarding.demo_ninety_days import load_ninety_days
from onboarding.demo_pulse import load_pulse
from onboarding.grants.actions import grant
from onboarding.meetings.actions import hold_meeting, plan_meeting
from onboarding.policies.actions import publish_version, write_policy
from onboarding.policies.models import Policy
from onboarding.policies.queries import version_in_force
from onboarding.programmes.demonstration import begin_programmes, write_mentors, write_programmes
from onboarding.programmes.objectives import Mode, Objective
from onboarding.programmes.queries import find_participation
from onboarding.shadowing import actions as shadowing
from onboarding.shadowing import holding
from onboarding.shadowing.models import Session
from onboarding.shadowing.objectives import add_usual_objectives
from onboarding.shadowing.queries import objectives
from onboarding.shadowing.times import session_days
from onboarding.signatures.actions import hash_of, sign_document, text_to_sign
from onboarding.task_forms.actions import fill_form
from onboarding.teams.actions import make_team
from onboarding.teams.models import Team
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Part, TaskKind

__all__ = ["add_onboardings", "add_sessions", "load_demo"]
ZONE = "America/Sao_Paulo"


def load_demo(world: World) -> None:
    """Fill onboarding. The order of the new hires decides how far each has come: on time, late, in review, nearly done."""
    hr = world.people["hr"]
    with standing_at(world.at(-150, 9)):
        team = make_team(name="Infraestrutura", people=[world.people["admin"], world.people["buddy"]], by=hr)
        _write_templates(_publish_policies(hr), team, hr)
        with force_locale("pt_BR"):  # the bank's language: titles are kept as they are written
            add_usual_objectives(by=hr)
    for position, (person, employment, manager, buddy) in enumerate(world.new_hires):
        began = min((employment.valid_from - world.today).days - 14, -1)
        with standing_at(world.at(began, 11)):
            checklist = begin_checklist(person, employment=employment, manager=manager, buddy=buddy, by=hr)
        session.expire(checklist)
        checklist = get_checklist(checklist.public_id, viewer=get_person(hr.public_id))
        with standing_at(world.at(began, 12)):
            describe_day_one(checklist, arrives_at=time(8, 45), meeting_point=f"Recepção, procure {(buddy or manager).name}", contact=hr, by=hr)
        _make_progress(world, checklist, position, hr)
    with standing_at(world.at(-3, 15)), force_locale("pt_BR"):
        add_usual_tasks(by=hr)
    with standing_at(world.at(-120, 9)):
        roles = {employment.job_role_id: employment.job_role for _person, employment, _manager, _buddy in world.new_hires}
        write_programmes(world, list(roles.values())[:2], objectives(), hr)
        write_mentors(world, objectives(), hr)
    begin_programmes(world, hr)
    _shadow(world)
    load_ninety_days(world)
    load_pulse(world)


def _publish_policies(hr: Person) -> dict[str, Policy]:
    conduct = write_policy(title="Código de Conduta", text=texts.CONDUCT, language="pt_BR", by=hr)
    security = write_policy(title="Segurança da Informação", text=texts.SECURITY, language="pt_BR", by=hr)
    publish_version(security, text=texts.SECURITY_NEWER, summary="Inclui ferramentas de inteligência artificial.", number=1, by=hr)
    travel = write_policy(title="Travel and expenses", text=texts.TRAVEL, language="en", by=hr)
    return {policy.title: policy for policy in (conduct, security, travel)}


def _write_templates(policies: dict[str, Policy], team: Team, hr: Person) -> None:
    role = session.scalars(
        select(JobRole).where(JobRole.name.ilike("%relacionamento%") | JobRole.name.ilike("%relationship%")).order_by(JobRole.id)
    ).first()
    written = [("Todos no Banco Aurora", Match(), texts.EVERYONE), ("Interns", Match(employment_types=[EmploymentType.INTERN]), texts.INTERNS)]
    if role is not None:
        written.append((f"{role.name}: primeiros 90 dias", Match(job_roles=[role]), texts.RELATIONSHIP))
    courses = training.public.courses()
    for name, match, tasks in written:
        template = write_template(name=name, match=match, by=hr)
        for task in tasks:
            found = [course for course in courses if task.about and task.about.casefold() in course.title.casefold()]
            course_id = (found or courses)[0].id if task.kind is TaskKind.TRAINING and courses else None
            if task.kind is TaskKind.TRAINING and course_id is None:
                continue  # training has no course in force
            add_task(template, text=_text(task, policies.get(task.about), course_id, team), by=hr)
        publish_template(template, by=hr)


def _text(task: texts.DemoTask, policy: Policy | None, course_id: int | None, team: Team) -> TaskText:
    return TaskText(
        title=task.title,
        phase=task.phase,
        kind=task.kind,
        part=task.part,
        offset_days=task.offset_days,
        instructions=task.instructions,
        required=task.required,
        policy=policy if task.kind is TaskKind.POLICY else None,
        course_id=course_id,
        team=team if task.part is Part.TEAM else None,
        key=task.key,
        waits_for=task.waits_for,
        minutes=task.minutes,
        asks_expiry=task.asks_expiry,
        fields=task.fields,
        letter=task.letter,
        item=task.item,
    )


def _make_progress(world: World, checklist: Checklist, position: int, hr: Person) -> None:
    """Do what was due, but leave every second person something late, returned or waiting for review."""
    leave = {0: 1, 1: 2, 2: 1, 3: 0, 4: 3, 5: 0}.get(position % 6, 0)
    due = [task for task in tasks_of(checklist) if task.due_on < world.today]
    for task in due[: len(due) - leave]:
        at = datetime.combine(task.due_on - timedelta(days=world.random.randrange(2)), time(9 + world.random.randrange(8), 20), tzinfo=ZoneInfo(ZONE))
        with standing_at(at):
            _do(world, task, hr)
    documents = [task for task in tasks_of(checklist) if task.kind is TaskKind.DOCUMENT and task.state is TaskState.OPEN]
    if documents and position % 3 != 2:
        actions.hand_in(documents[0], _scan(documents[0].title), valid_until=_lapses(world), by=checklist.person)
        if position % 2:
            actions.return_document(
                documents[0], reason="A imagem está cortada: falta o verso. Envie os dois lados.", version=documents[0].version, by=hr
            )


def _do(world: World, task: Task, hr: Person) -> None:
    person, admin = task.checklist.person, world.people["admin"]
    if task.kind is TaskKind.TICK:
        actions.tick_task(task, by=task.owner or (admin if task.part in (Part.IT, Part.TEAM) else hr))
    elif task.kind is TaskKind.DOCUMENT:
        actions.hand_in(task, _scan(task.title), valid_until=_lapses(world), by=person)
        actions.accept_document(task, version=task.version, by=hr)
    elif task.kind is TaskKind.POLICY and task.policy_id is not None:
        actions.acknowledge(task, typed_name=person.name, sha256=version_in_force(task.policy_id).sha256, by=person)
    elif task.kind is TaskKind.FORM:
        fill_form(task, texts.FILLED, send=True, by=person)
    elif task.kind is TaskKind.REQUEST:
        grant(task, note=f"patrimônio {world.random.randrange(10_000, 99_999)}", by=admin)
    elif task.kind is TaskKind.SIGNATURE and not locks_of([task], on=world.today):
        sign_document(task, typed_name=person.name, sha256=hash_of(text_to_sign(task)), by=person)
    elif task.kind is TaskKind.MEETING:
        _meet(task, task.owner or hr)


def _meet(task: Task, host: Person) -> None:
    """The meeting of a task, at the first hour both have."""
    zone = task.checklist.employment.location.time_zone
    for hour in range(1, 6):
        starts_at = now() + timedelta(hours=hour)
        try:
            with session.begin_nested():
                plan_meeting(task, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), time_zone=zone, by=host)
        except Conflict:
            continue
        with standing_at(starts_at + timedelta(hours=1)):
            hold_meeting(task, by=host)
        return


def _lapses(world: World) -> date:
    return world.today + timedelta(days=900 + world.random.randrange(900))


def _scan(title: str) -> FileStorage:
    """A picture such as a phone makes of a document."""
    picture = Image.new("RGB", (900, 560), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((40, 40, 860, 520), outline="black", width=3)
    drawing.text((80, 80), title.encode("ascii", "replace").decode(), fill="black")
    drawing.text((80, 480), "MODELO SEM VALOR", fill="gray")
    content = BytesIO()
    picture.save(content, "PNG")
    content.seek(0)
    return FileStorage(content, filename="documento.png")


def _shadow(world: World) -> None:
    mentor = world.people["mentor"]
    watched = objectives()
    for position, (person, employment, manager, _buddy) in enumerate(world.new_hires):
        started = employment.valid_from <= world.today
        if started and position % 3 != 2:
            past = _session(world, person, mentor, employment, -3 - position, watched[position % 3 : position % 3 + 2], by=mentor, past=True)
            if past is not None and position % 3 == 0:
                _log_and_sign(past, differs=position == 3)
        remote = position % 2 == 1
        _session(
            world,
            person,
            mentor,
            employment,
            2 + position,
            watched[position % 4 : position % 4 + 3],
            by=mentor if position % 2 else manager,
            remote=remote,
        )


def _session(
    world: World,
    person: Person,
    mentor: Person,
    employment: Employment,
    offset: int,
    watched: Sequence[Objective],
    *,
    by: Person,
    past: bool = False,
    remote: bool = False,
) -> Session | None:
    if person.id == mentor.id:
        return None
    day = max(world.today, employment.valid_from) if not past else world.today
    for attempt in range(5):
        days = session_days(
            first_day=add_business_days(day, offset + (-attempt if past else attempt), employment.location),
            from_time=time(9 if attempt % 2 else 14),
            to_time=time(11 if attempt % 2 else 16, 30),
            days=2 if not past and offset % 3 == 0 else 1,
            time_zone=ZONE,
            location=employment.location,
        )
        plan = shadowing.Plan(
            person=person,
            mentor=mentor,
            mode=Mode.REMOTE if remote else Mode.ON_SITE,
            days=days,
            time_zone=ZONE,
            objectives=list(watched),
            place="" if remote else f"{employment.location.name}, recepção",
            meeting_url="https://meet.demo.trilha.test/acompanhamento" if remote else "",
            note="Leia antes a ficha do cliente no CRM e traga **duas perguntas**.",
            participation=find_participation(person),
        )
        try:
            with standing_at(min(days[0].starts_at - timedelta(days=4), world.at(-1, 16))), session.begin_nested():
                planned = shadowing.schedule(plan, by=by, past_allowed=past)
                if past or offset % 2:
                    for each in (person, mentor):
                        shadowing.accept(planned, by=each)
                return planned
        except (Conflict, Invalid):
            continue  # somebody is busy: another day
    return None


def _log_and_sign(found: Session, *, differs: bool) -> None:
    seen = {row.objective_id: holding.Seen(True, *texts.SEEN[position % len(texts.SEEN)]) for position, row in enumerate(found.observations)}
    with standing_at(found.ends_at + timedelta(hours=1)):
        holding.write_log(found, seen, by=found.person)
    first = found.observations[0].objective_id
    verdicts = {first: holding.Verdict(False, "O cliente desistiu antes de chegarmos a isso.")} if differs else {}
    with standing_at(found.ends_at + timedelta(hours=20)):
        holding.sign_off(found, holding.SignOff(feedback=texts.FEEDBACK, verdicts=verdicts), by=found.mentor)
