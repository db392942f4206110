"""Demo data: policies, templates, onboardings at every stage and shadowing sessions, all made by the real actions."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

import training.public
from core.calendars.business_days import add_business_days
from core.clock import standing_at
from core.db import session
from core.errors import Conflict
from core.people.models import Employment, EmploymentType, JobRole, Person
from core.web.i18n import force_locale
from core.world import World
from onboarding import demo_texts as texts
from onboarding.checklists import actions
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.models import Checklist, Task, TaskState
from onboarding.checklists.queries import tasks_of
from onboarding.demo_bulk import add_onboardings, add_sessions
from onboarding.demo_pulse import load_pulse
from onboarding.policies.actions import publish_version, write_policy
from onboarding.policies.models import Policy
from onboarding.policies.queries import version_in_force
from onboarding.shadowing import actions as shadowing
from onboarding.shadowing.models import Mode, Objective, Session
from onboarding.shadowing.queries import objectives
from onboarding.shadowing.times import session_days
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Part, TaskKind

__all__ = ["add_onboardings", "add_sessions", "load_demo"]
ZONE = "America/Sao_Paulo"


def load_demo(world: World) -> None:
    """Fill onboarding. The order of the new hires decides how far each has come: on time, late, in review, nearly done."""
    hr = world.people["hr"]
    with standing_at(world.at(-150, 9)):
        _write_templates(_publish_policies(hr), hr)
        with force_locale("pt_BR"):  # the bank's language: titles are kept as they are written
            shadowing.add_usual_objectives(by=hr)
    for position, (person, employment, manager, buddy) in enumerate(world.new_hires):
        began = min((employment.valid_from - world.today).days - 14, -1)
        with standing_at(world.at(began, 11)):
            checklist = begin_checklist(person, employment=employment, manager=manager, buddy=buddy, by=hr)
        session.refresh(checklist, ["person", "manager", "buddy", "hr"])
        _make_progress(world, checklist, position, hr)
    _shadow(world)
    load_pulse(world)


def _publish_policies(hr: Person) -> dict[str, Policy]:
    conduct = write_policy(title="Código de Conduta", text=texts.CONDUCT, language="pt_BR", by=hr)
    security = write_policy(title="Segurança da Informação", text=texts.SECURITY, language="pt_BR", by=hr)
    publish_version(security, text=texts.SECURITY_NEWER, summary="Inclui ferramentas de inteligência artificial.", number=1, by=hr)
    travel = write_policy(title="Travel and expenses", text=texts.TRAVEL, language="en", by=hr)
    return {policy.title: policy for policy in (conduct, security, travel)}


def _write_templates(policies: dict[str, Policy], hr: Person) -> None:
    role = session.scalars(
        select(JobRole).where(JobRole.name.ilike("%relacionamento%") | JobRole.name.ilike("%relationship%")).order_by(JobRole.id)
    ).first()
    written = [("Todos no Banco Aurora", Match(), texts.EVERYONE), ("Interns", Match(employment_type=EmploymentType.INTERN), texts.INTERNS)]
    if role is not None:
        written.append((f"{role.name}: primeiros 90 dias", Match(job_role=role), texts.RELATIONSHIP))
    courses = training.public.courses()
    for name, match, tasks in written:
        template = write_template(name=name, match=match, by=hr)
        for task in tasks:
            found = [course for course in courses if task.about and task.about.casefold() in course.title.casefold()]
            course_id = (found or courses)[0].id if task.kind is TaskKind.TRAINING and courses else None
            if task.kind is TaskKind.TRAINING and course_id is None:
                continue  # training has no course in force
            add_task(template, text=_text(task, policies.get(task.about), course_id), by=hr)
        publish_template(template, by=hr)


def _text(task: texts.DemoTask, policy: Policy | None, course_id: int | None) -> TaskText:
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
        actions.hand_in(documents[0], _scan(documents[0].title), by=checklist.person)
        if position % 2:
            actions.return_document(
                documents[0], reason="A imagem está cortada: falta o verso. Envie os dois lados.", version=documents[0].version, by=hr
            )


def _do(world: World, task: Task, hr: Person) -> None:
    person = task.checklist.person
    if task.kind is TaskKind.TICK:
        actions.tick_task(task, by=task.owner or (world.people["admin"] if task.part is Part.IT else hr))
    elif task.kind is TaskKind.DOCUMENT:
        actions.hand_in(task, _scan(task.title), by=person)
        actions.accept_document(task, version=task.version, by=hr)
    elif task.kind is TaskKind.POLICY and task.policy_id is not None:
        actions.acknowledge(task, typed_name=person.name, sha256=version_in_force(task.policy_id).sha256, by=person)


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
                _log_and_sign(past)
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
        )
        try:
            with standing_at(min(days[0].starts_at - timedelta(days=4), world.at(-1, 16))), session.begin_nested():
                return shadowing.schedule(plan, by=by)
        except Conflict:
            continue  # somebody is busy: another day
    return None


def _log_and_sign(found: Session) -> None:
    seen = {row.objective_id: shadowing.Seen(True, *texts.SEEN[position % len(texts.SEEN)]) for position, row in enumerate(found.observations)}
    with standing_at(found.ends_at + timedelta(hours=1)):
        shadowing.write_log(found, seen, by=found.person)
    with standing_at(found.ends_at + timedelta(hours=20)):
        shadowing.sign_off(found, feedback=texts.FEEDBACK, by=found.mentor)
