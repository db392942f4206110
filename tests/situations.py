"""Situations tests begin from, brought about by the real actions."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import FileStorage

from core.clock import now, today
from core.db import session
from core.files.models import StoredFile
from core.files.rules import RESUME
from core.files.store import store_upload
from core.people.actions import add_person, grant_role
from core.people.models import Company, Department, JobRole, Location, Person
from core.people.queries import find_company, get_person
from core.people.rights import Role
from hiring.applications import consent
from hiring.applications.arriving import Submission, apply
from hiring.applications.models import Application
from hiring.criteria.actions import add_criterion, add_question
from hiring.postings.actions import Description, write_posting
from hiring.postings.models import CriterionKind, Posting, QuestionKind
from hiring.postings.queries import get_posting
from hiring.publishing.actions import approve_posting, ask_for_approval, open_posting
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.models import Checklist, Task
from onboarding.policies.actions import write_policy
from onboarding.programmes.objectives import Mode
from onboarding.shadowing.actions import Plan, schedule
from onboarding.shadowing.models import Session
from onboarding.shadowing.objectives import add_usual_objectives
from onboarding.shadowing.queries import objectives
from onboarding.shadowing.times import Stretch
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Part, Phase, TaskKind, Template
from tests.factories import make_employment
from tests.training.situations import a_failed_exam as a_failed_exam
from tests.training.situations import a_passed_exam as a_passed_exam
from training.auditing.actions import give_access
from training.auditing.scope import Scope

_numbers = count(1)
WHY = "A agência é lá."  # why the knock-out question is one


def a_colleague(name: str, *roles: Role) -> Person:
    """A person of the company with these roles, loaded with their grants."""
    person = add_person(name=name, email=f"{name.split()[0].lower()}{next(_numbers)}@demo.trilha.test", by=None, locale="en")
    for role in roles:
        grant_role(person, role, by=None)
    session.flush()
    if Role.AUDITOR in roles:
        give_access(person, Scope(), reason="An audit in a test", ends_at=now() + timedelta(days=90), by=None)
    session.expire(person)
    return get_person(session.scalars(select(Person.public_id).where(Person.id == person.id)).one())


def a_company() -> Company:
    """The bank of the demo case."""
    found = find_company()
    if found is None:
        found = Company(name="Banco Aurora", mission="Decidir com calma.", vision="Ser de confiança.", culture="Ouvir primeiro.")
        session.add(found)
        session.flush()
    return found


def a_place(name: str = "Agência Paulista") -> Location:
    """A branch in São Paulo."""
    found = session.scalars(select(Location).where(Location.name == name)).one_or_none()
    if found is None:
        found = Location(
            name=name, address="Av. Paulista 1000", city="São Paulo", region="SP", postal_code="01310-100", time_zone="America/Sao_Paulo"
        )
        session.add(found)
        session.flush()
    return found


def a_draft_posting(*, by: Person | None = None, hiring_manager: Person | None = None, **changes: Any) -> Posting:
    """A complete draft with one criterion, a knock-out question and one about the mission."""
    by = by or a_colleague("Renata Lopes", Role.RECRUITER)
    a_company()
    role, department = JobRole(name=f"Gerente {next(_numbers)}"), Department(name=f"Negócios {next(_numbers)}")
    session.add_all([role, department])
    session.flush()
    wanted: dict[str, Any] = {
        "title": "Gerente de Relacionamento",
        "job_role": role,
        "department": department,
        "location": a_place(),
        "hiring_manager": hiring_manager or a_colleague("Marcos Prado", Role.MANAGER),
        "summary": "Você cuida de uma carteira de clientes.",
        "responsibilities": "- Visitar clientes",
        "qualifications": "- Três anos com clientes PJ",
        "salary_from": 950000,
        "salary_to": 1250000,
        "closes_on": today() + timedelta(days=30),
        **changes,
    }
    written = write_posting(Description(**wanted), by=by)
    posting = get_posting(written.public_id, viewer=by)
    add_criterion(posting, kind=CriterionKind.EXPERIENCE, text="Três anos com clientes PJ", must_have=True, weight=5, by=by)
    add_question(
        posting, kind=QuestionKind.YES_NO, text="Você pode trabalhar em São Paulo?", knock_out=True, accepted="yes", knock_out_reason=WHY, by=by
    )
    add_question(posting, kind=QuestionKind.LONG, text="Por que a nossa missão?", is_mission=True, by=by)
    return posting


def an_open_posting(*, by: Person | None = None, hiring_manager: Person | None = None, **changes: Any) -> Posting:
    """A posting that was asked for, approved and opened."""
    by = by or a_colleague("Renata Lopes", Role.RECRUITER)
    hiring_manager = hiring_manager or a_colleague("Marcos Prado", Role.MANAGER)
    posting = a_draft_posting(by=by, hiring_manager=hiring_manager, **changes)
    ask_for_approval(posting, by=by)
    approve_posting(posting, by=hiring_manager)
    open_posting(posting, by=by)
    return posting


def a_resume(text: str = "Ana, gerente de relacionamento") -> StoredFile:
    """A stored résumé."""
    upload = FileStorage(BytesIO(a_pdf(text)), filename="curriculo.pdf")
    return store_upload(upload, accept=RESUME, by=None, person=None)


def a_pdf(text: str = "Ana, gerente de relacionamento") -> bytes:
    """A small sound PDF with one line of text in it."""
    line = text.encode("latin-1", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    drawing = b"BT /F1 12 Tf 72 720 Td (" + line + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def an_application(posting: Posting | None = None, *, name: str = "Ana Souza", email: str = "", accepted: bool = True, **changes: Any) -> Application:
    """An application to an open posting, with résumé, answers and consent. `accepted` answers the knock-out as wanted."""
    posting = posting or an_open_posting()
    answers = {}
    for question in posting.questions:
        wanted = question.accepted or "yes"
        answers[question.public_id] = (
            (wanted if accepted else {"yes": "no", "no": "yes"}[wanted]) if question.kind is QuestionKind.YES_NO else "Porque quero ajudar."
        )
    submission = Submission(
        name=name,
        email=email or f"ana{next(_numbers)}@example.test",
        phone="+55 11 99999-0000",
        consent_version=consent.CURRENT,
        **{"answers": answers, **changes},
    )
    application = apply(posting, submission=submission, resume=a_resume(f"{name}, gerente de relacionamento"))
    session.flush()
    return application


@dataclass(frozen=True)
class Onboarding:
    """An onboarding under way and the people around it."""

    checklist: Checklist
    new_hire: Person
    manager: Person
    buddy: Person
    hr: Person

    def task(self, key: str) -> Task:
        """The task with this key as it stands now, with its checklist and policy."""
        query = select(Task).where(Task.checklist_id == self.checklist.id, Task.key == key)
        return session.scalars(query.options(joinedload(Task.checklist).joinedload(Checklist.person), joinedload(Task.policy))).one()


def a_template(*, hr: Person, name: str = "Everyone") -> Template:
    """The published template for everybody, with a task of each kind but training."""
    found = session.scalars(select(Template).where(Template.name == name)).one_or_none()
    if found is not None:
        return found
    template = write_template(name=name, match=Match(), by=hr)
    policy = write_policy(title=f"Code of conduct of {name}", text="Be honest.", language="en", by=hr)
    tasks = [
        TaskText("Bring your identity card", Phase.BEFORE_DAY_ONE, kind=TaskKind.DOCUMENT, offset_days=-5, key="document"),
        TaskText("Prepare the laptop", Phase.BEFORE_DAY_ONE, part=Part.IT, offset_days=-2, key="laptop"),
        TaskText("Prepare the contract", Phase.BEFORE_DAY_ONE, part=Part.HR, offset_days=-2, key="contract"),
        TaskText("Say hello", Phase.DAY_ONE, key="hello"),
        TaskText("Read the code", Phase.DAY_ONE, kind=TaskKind.POLICY, policy=policy, key="policy"),
        TaskText("Talk about the first month", Phase.DAY_ONE, part=Part.MANAGER, key="talk"),
        TaskText("Have lunch together", Phase.FIRST_WEEK, part=Part.BUDDY, offset_days=3, required=False, key="lunch"),
        TaskText("Shadow a colleague", Phase.FIRST_WEEK, kind=TaskKind.SHADOWING, offset_days=5, key="shadowing"),
    ]
    for text in tasks:
        add_task(template, text=text, by=hr)
    publish_template(template, by=hr)
    return template


def a_running_checklist(*, name: str = "Nina Alves", starts_in: int = 0, manager: Person | None = None, hr: Person | None = None) -> Onboarding:
    """A new hire's onboarding, begun `starts_in` days from today, with manager, buddy and human resources."""
    hr = get_person(hr.public_id) if hr else a_colleague("Helena Prado", Role.HR)
    manager = get_person(manager.public_id) if manager else a_colleague("Marcos Vidal", Role.MANAGER)
    buddy, new_hire = a_colleague("Caio Lins", Role.BUDDY), a_colleague(name, Role.NEW_HIRE)
    a_template(hr=hr)
    employment = make_employment(new_hire, manager=manager, location=a_place(), starts_on=today() + timedelta(days=starts_in))
    checklist = begin_checklist(new_hire, employment=employment, manager=manager, buddy=buddy, by=hr)
    session.flush()
    return Onboarding(checklist, new_hire, manager, buddy, hr)


def a_shadowing_session(onboarding: Onboarding | None = None, *, mentor: Person | None = None, starts_in: timedelta = timedelta(days=2)) -> Session:
    """An hour of shadowing, scheduled by the manager; in the past when `starts_in` is negative."""
    onboarding = onboarding or a_running_checklist()
    mentor = mentor or a_colleague("Beatriz Moura", Role.MENTOR)
    add_usual_objectives(by=None)
    starts_at = (now() + starts_in).replace(minute=0, second=0, microsecond=0)
    plan = Plan(
        person=onboarding.new_hire,
        mentor=mentor,
        mode=Mode.ON_SITE,
        days=[Stretch(starts_at, starts_at + timedelta(hours=1))],
        time_zone="America/Sao_Paulo",
        objectives=list(objectives())[:2],
        place="Agência Paulista",
    )
    return schedule(plan, by=get_person(onboarding.manager.public_id), past_allowed=True)
