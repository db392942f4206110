"""A whole company at work, in which everything of note is a canary, and every address at which any of it could be asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Column, String, Table, Text, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as OrmSession
from time_machine import travel
from werkzeug.routing import AnyConverter

from core.clock import now, today
from core.db import db, session
from core.documents.models import IssuedDocument
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.approvals.actions import PlannedStep
from hiring.approvals.actions import save_template as save_chain
from hiring.approvals.models import ApprovalKind
from hiring.interviewers.actions import PoolText, make_interviewer_pool
from hiring.interviews.actions import Plan, schedule_interview
from hiring.interviews.cards import Findings, send_card
from hiring.interviews.models import InterviewKind, Recommendation
from hiring.interviews.queries import get_interview
from hiring.messages.actions import ask_for_document, write_to_team
from hiring.notes.actions import write_note
from hiring.offers.actions import approve_offer, ask_for_approval, draft_offer, save_template
from hiring.offers.answering import Signature, accept_offer
from hiring.offers.models import Offer
from hiring.offers.queries import get_offer
from hiring.offers.sending import send_offer
from hiring.offers.terms import Terms
from hiring.plans.actions import KitQuestion, RoundText, add_round
from hiring.plans.models import QuestionStyle
from hiring.pools.actions import add_to_pool, make_pool
from hiring.postings.models import Posting, Stage, StageKind
from hiring.postings.queries import get_posting
from hiring.profiles.actions import take_from_posting
from hiring.requisitions.actions import Wish, write_requisition
from hiring.requisitions.models import Reason
from hiring.scheduling.actions import Frame, offer_times
from hiring.scheduling.finding import Wanted
from hiring.search.saving import save_search
from hiring.tags.actions import tag_candidate
from onboarding.mentors.actions import add_absence
from onboarding.mentors.queries import find_mentor
from tests.onboarding.shadows import a_scene
from tests.situations import a_colleague, a_passed_exam, a_place, an_application, an_open_posting
from tests.training.situations import an_officer, an_open_exam
from training.designs.actions import DesignFields, write_design

SALARY = 987_654
PAY = ("987654", "9876.54", "9,876.54", "9.876,54")
EVIDENCE = "canaryevidence"
NOTE = "canarynote"
LETTER = "Dear {{candidate_name}},\n\nwe offer you the position {{position}} from {{start_date}} for {{salary}}.\n\n{{company}}"
TABLES = {
    "absence_id": ("onboarding_mentor_absence",),
    "action_id": ("onboarding_development_action", "onboarding_review_action"),
    "answer_id": ("hiring_answer",),
    "appeal_id": ("training_appeal",),
    "application_id": ("hiring_application",),
    "assessment_id": ("training_practical_assessment",),
    "attachment_id": ("onboarding_attachment",),
    "attempt_id": ("training_attempt",),
    "booking_id": ("core_booking",),
    "bulk_id": ("hiring_bulk",),
    "certificate_id": ("training_certificate",),
    "chain_id": ("hiring_approval_chain",),
    "check_in_id": ("onboarding_check_in",),
    "checklist_id": ("onboarding_checklist",),
    "correction_id": ("training_key_correction",),
    "course_id": ("training_course",),
    "criterion_id": ("hiring_criterion",),
    "design_id": ("training_certificate_design",),
    "equivalence_id": ("training_equivalence",),
    "equivalent_course_id": ("training_equivalent_course",),
    "exemption_id": ("training_exemption",),
    "feedback_id": ("onboarding_feedback",),
    "file_id": ("core_file",),
    "department_id": ("core_department",),
    "person_tag_id": ("core_person_tag",),
    "section_id": ("training_exam_section",),
    "lock_id": ("training_exam_lock",),
    "opening_id": ("training_exam_opening",),
    "pack_id": ("training_evidence_pack",),
    "grant_id": ("training_audit_grant",),
    "sample_id": ("training_audit_sample",),
    "line_id": ("training_audit_sample_line",),
    "finding_id": ("training_audit_finding",),
    "picture_id": ("training_module_picture",),
    "completion_id": ("training_completion",),
    "goal_id": ("onboarding_goal",),
    "bundle_id": ("training_bundle",),
    "import_id": ("training_external_import",),
    "interview_id": ("hiring_interview",),
    "interviewer_pool_id": ("hiring_interviewer_pool",),
    "item_id": ("training_item",),
    "job_id": ("core_job",),
    "kind_id": ("training_equivalence_kind",),
    "leave_id": ("core_leave",),
    "leaving_task_id": ("onboarding_leaving_task",),
    "mail_id": ("core_outgoing_mail",),
    "mentor_id": ("onboarding_mentor",),
    "merge_id": ("hiring_merge",),
    "module_id": ("training_module",),
    "note_id": ("hiring_note",),
    "offer_id": ("hiring_offer",),
    "other_application_id": ("hiring_application",),
    "participation_id": ("onboarding_participation",),
    "person_id": ("core_person",),
    "policy_id": ("onboarding_policy",),
    "pool_id": ("hiring_pool",),
    "posting_id": ("hiring_posting",),
    "profile_id": ("hiring_role_profile",),
    "programme_id": ("onboarding_programme",),
    "proposal_id": ("hiring_time_proposal",),
    "question_id": ("hiring_question",),
    "request_id": ("hiring_document_request",),
    "requisition_id": ("hiring_requisition",),
    "review_id": ("onboarding_review",),
    "role_id": ("core_job_role",),
    "round_id": ("hiring_plan_round",),
    "rule_id": ("training_rule",),
    "script_id": ("training_script",),
    "seat_id": ("hiring_approval_seat",),
    "session_id": ("onboarding_shadowing_session", "training_session"),
    "stage_id": ("hiring_stage", "onboarding_programme_stage"),
    "standard_id": ("training_standard",),
    "task_id": ("onboarding_task", "onboarding_template_task"),
    "team_id": ("onboarding_team",),
    "template_id": ("hiring_offer_template", "onboarding_template", "hiring_approval_template"),
    "version_id": ("training_course_version",),
}
MOST = 12  # addresses of one rule: enough for each kind of row, few enough to ask them all


@dataclass
class World:
    """People by what they are to the canaries."""

    recruiter: Person
    approver: Person
    seen: Person  # an interviewer who has sent a card
    owing: Person  # one of the same panel who has not
    learner: Person
    application_ids: list[UUID] = field(default_factory=list)


def _shadowing() -> None:
    """A new hire in a programme, a session of theirs, and a mentor with days off."""
    scene = a_scene(weekly_sessions=5)
    scene.session(days_ago=1)
    mentor = find_mentor(scene.mentor.id)
    assert mentor is not None
    add_absence(mentor, starts_on=date(2031, 1, 6), ends_on=date(2031, 1, 7), by=get_person(scene.mentor.public_id))


def build_world() -> World:
    """Offers sent and accepted, a panel of which one has sent a card, onboardings, shadowing, exams open and passed."""
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    approver, manager = a_colleague("Otávio Melo", Role.EXECUTIVE), a_colleague("Cláudia Reis", Role.MANAGER)
    seen, owing = a_colleague("Lívia Prates", Role.INTERVIEWER), a_colleague("Omar Dias", Role.INTERVIEWER)
    posting = an_open_posting(by=recruiter, hiring_manager=manager, openings=3)
    world = World(recruiter, approver, seen, owing, recruiter)
    save_template(None, name="Usual letter", language="en", body=LETTER, by=recruiter)
    for name in ("Ana Souza", "Bia Souza"):
        applied = an_application(posting, name=name)
        session.flush()
        world.application_ids.append(applied.public_id)
        offer = _sent_offer(applied.public_id, recruiter, approver, manager)
        if name == "Ana Souza":
            assert offer.document is not None
            accept_offer(offer, signature=Signature(name, "203.0.113.9", "A browser", offer.document.sha256))
    _plan(posting, recruiter, seen, owing)
    _interview(posting, recruiter, seen, owing)
    _found_again(world.application_ids[1], recruiter, approver, manager)
    _shadowing()
    a_passed_exam()
    learner, _attempt = an_open_exam()
    world.learner = learner.person
    write_design(None, learner.person.locale, DesignFields(heading="Certificate", body="{{name}} completed {{course}}."), by=an_officer())
    session.commit()
    return world


def _sent_offer(application_id: UUID, recruiter: Person, approver: Person, manager: Person) -> Offer:
    application = get_application(application_id, viewer=recruiter)
    day = today("America/Sao_Paulo")
    terms = Terms(
        salary=SALARY,
        currency="BRL",
        starts_on=day + timedelta(days=30),
        expires_on=day + timedelta(days=7),
        location=a_place(),
        manager=manager,
        buddy=None,
        approver=approver,
        benefits="Meal allowance",
        letter=LETTER,
        language="en",
    )
    offer = draft_offer(application, terms=terms, by=recruiter)

    def found(viewer: Person) -> Offer:
        session.flush()
        session.expire(offer)
        return get_offer(offer.public_id, viewer=get_person(viewer.public_id))

    ask_for_approval(found(recruiter), by=recruiter, version=offer.version)
    approve_offer(found(approver), by=approver, version=offer.version)
    send_offer(found(recruiter), by=recruiter, version=offer.version)
    return found(recruiter)


def _plan(posting: Posting, recruiter: Person, seen: Person, owing: Person) -> None:
    """A round with a pool of interviewers."""
    found = get_posting(posting.public_id, viewer=recruiter)
    pool = make_interviewer_pool(PoolText(name="Branch people", qualified=[seen], learning=[owing], shadowings=2), by=recruiter)
    stage = next(stage for stage in found.stages if stage.kind is StageKind.INTERVIEW)
    questions = [KitQuestion(QuestionStyle.OPEN, "What brought you here?", "The work")]
    text = RoundText(name="First", kind=InterviewKind.FIRST, stage=stage, criteria=found.criteria, pools=[pool], questions=questions)
    add_round(found, text, by=recruiter)


def _interview(posting: Posting, recruiter: Person, seen: Person, owing: Person) -> None:
    applied = an_application(posting, name="Caio Souza")
    session.flush()
    application = get_application(applied.public_id, viewer=recruiter)
    stage = next(stage for stage in application.posting.stages if stage.kind is StageKind.INTERVIEW)
    _offered_times(application, stage, recruiter, owing)
    begins = now() + timedelta(days=3)
    plan = Plan(InterviewKind.PANEL, begins, begins + timedelta(hours=1), "America/Sao_Paulo", (seen, owing), place="Room 1")
    interview = schedule_interview(application, stage=stage, plan=plan, by=recruiter)
    session.flush()
    session.expire(interview)
    with travel(begins + timedelta(hours=2), tick=False):
        found = get_interview(interview.public_id, viewer=get_person(seen.public_id))
        send_card(found, findings=Findings(Recommendation.STRONG_NO, EVIDENCE, NOTE), criteria=[], by=seen)


def _offered_times(application: Application, stage: Stage, recruiter: Person, interviewer: Person) -> None:
    begins = (now() + timedelta(days=7)).replace(hour=14, minute=0, second=0, microsecond=0)
    begins += timedelta(days=(7 - begins.weekday()) % 7)
    rounds = [Wanted(stage, InterviewKind.FIRST, 60, [[interviewer]])]
    offer_times(application, rounds, [begins], frame=Frame("America/Sao_Paulo", message="We look forward to it."), by=recruiter)


def _found_again(application_id: UUID, recruiter: Person, approver: Person, manager: Person) -> None:
    """A note, a tag, a pool and a kept search; a role profile, a requisition and an approval chain."""
    application = get_application(application_id, viewer=recruiter)
    write_note(application, f"{EVIDENCE} @{manager.name}", by=recruiter)
    write_to_team(application, "Shall I send it?")
    ask_for_document(application, "A certificate", by=recruiter)
    tag_candidate(application.candidate, "Promising", by=recruiter)
    add_to_pool(make_pool("Later", "For the next branch", by=recruiter), application, reason="Speaks well", by=recruiter)
    save_search("Speakers", "souza", by=recruiter)
    posting = get_posting(application.posting.public_id, viewer=recruiter)
    take_from_posting(posting, by=recruiter)
    wish = Wish(
        title="A colleague more",
        reason=Reason.GROWTH,
        justification="We grow",
        job_role=posting.job_role,
        department=posting.department,
        location=posting.location,
        hiring_manager=manager,
        more=(now().date() + timedelta(days=60),),
    )
    write_requisition(wish, by=recruiter)
    save_chain(None, kind=ApprovalKind.REQUISITION, department=None, steps=[PlannedStep("Board", (approver,))], by=approver)


def addresses(app: Flask) -> Iterator[str]:
    """Every address that answers to GET, with the ids of all there is."""
    known: dict[str, list[str]] = {name: _ids(*tables) for name, tables in TABLES.items()}
    known["slug"] = list(session.scalars(select(Posting.slug).order_by(Posting.id)))
    known["code"] = list(session.scalars(select(IssuedDocument.code).order_by(IssuedDocument.id)))
    known["name"] = ["funnel", "interviewers"]  # of a report
    known["number"] = ["1"]  # of a page
    known["position"], known["token"], known["filename"] = ["1"], ["no-such-token"], ["js/frame.js"]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or set()) or rule.endpoint in ("static", "accounts.sign_out", "audit_trail.check"):
            continue
        if not rule.endpoint.endswith(".static"):
            names = sorted(rule.arguments)
            one_of = {name: sorted(found.items) for name, found in rule._converters.items() if isinstance(found, AnyConverter)}
            for values in list(product(*(one_of.get(name) or known[name] for name in names)))[:MOST]:
                built = rule.build(dict(zip(names, (_typed(value) for value in values), strict=True)), append_unknown=False)
                assert built is not None, rule
                yield built[1]


def _typed(value: str) -> UUID | int | str:
    try:
        return UUID(value)
    except ValueError:
        return int(value) if value.isdigit() else value


def _ids(*tables: str) -> list[str]:
    found: list[str] = []
    for name in tables:
        table = db.metadata.tables[name]
        found += [str(UUID(str(value))) for value in session.scalars(select(table.c.public_id).order_by(table.c.id.desc()))]
    return found


# what these hold is not text that people wrote, or was made of it before it was kept
KEPT = {"core_audit_event", "core_audit_head", "core_person_key", "core_job", "core_timetable", "core_private_link", "core_account"}
PARTS = re.compile(r"sha256|hash|code|slug|locale|language|zone|email|key|state|kind|currency|country|html|uid|token|searchable")
NAMES = {
    "content_type",
    "phone",
    "accepted",
    "answer",
    "tolerance",
    "website",
    "ip",
    "consent_version",
    "earned",
    "calendar_method",
    "message_id",
    "to_address",
}


def spoil_every_text(orm: OrmSession, canary: str) -> int:
    """Write the canary behind every text that people have written, past every form; returns how many columns took it."""
    spoilt = 0
    for table in db.metadata.sorted_tables:
        for column in table.columns if table.name not in KEPT else ():
            made = (table.name, column.name) == ("core_outgoing_mail", "name")  # a template's
            if _is_text(column) and not made and column.name not in NAMES and not PARTS.search(column.name):
                spoilt += _spoil(orm, table, column, canary)
    orm.commit()
    return spoilt


def _is_text(column: Column[Any]) -> bool:
    return type(column.type) in (String, Text) and not column.foreign_keys and not column.primary_key


def _spoil(orm: OrmSession, table: Table, column: Column[Any], canary: str) -> int:
    """Empty texts too, unless the table says that this one stays empty."""
    values = {column.name: column + canary}
    try:
        with orm.begin_nested():
            return int(orm.execute(update(table).where(column.is_not(None)).values(values)).rowcount > 0)  # type: ignore[attr-defined]
    except IntegrityError:
        return int(orm.execute(update(table).where(column.is_not(None), column != "").values(values)).rowcount > 0)  # type: ignore[attr-defined]
