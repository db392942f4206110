"""Demonstration data of hiring: postings, and applications in every stage, made by the real actions on their own days."""

import tomllib
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from core.clock import standing_at
from core.db import session
from core.files.pages import ask_for_pages
from core.people.folding import folded
from core.people.models import Person
from core.world import World
from hiring.applications import consent
from hiring.applications.actions import advance_application, decline_application, withdraw_application
from hiring.applications.arriving import Submission, apply
from hiring.applications.models import Application, ApplicationState, DeclineReason
from hiring.applications.queries import get_application
from hiring.blind.actions import set_screening
from hiring.careers.sources import PLAIN, REFERRAL
from hiring.criteria.actions import add_criterion, add_question, follow_knock_outs
from hiring.demonstration.bulk import add_applications
from hiring.demonstration.finding import tag_and_note
from hiring.demonstration.plans import make_pool, plan_interviews
from hiring.demonstration.progress import Progress
from hiring.demonstration.requisitions import ask_for_people
from hiring.demonstration.resumes import make_resume
from hiring.demonstration.survey import answer_survey
from hiring.demonstration.vocabulary import words
from hiring.insight.counting import count_insight
from hiring.offers.actions import save_template
from hiring.postings.actions import Description, write_posting
from hiring.postings.models import CriterionKind, Posting, QuestionKind, StageKind, Workplace
from hiring.postings.queries import get_posting
from hiring.profiles.actions import take_from_posting
from hiring.publishing.actions import approve_posting, ask_for_approval, open_posting
from hiring.referrals.actions import make_link
from hiring.screening.actions import give_mark
from hiring.stages.actions import StageText, change_stage

__all__ = ["add_applications", "load_demo"]
FOLDER = Path(__file__).parent / "demonstration"
OPENED_DAYS_AGO = 40
SURVEY_SEED = 2026


def load_demo(world: World) -> None:
    """Write eight postings and sixty applications, from drafts to a hire that has begun onboarding."""
    recruiter = world.people["recruiter"]
    for language in ("pt_BR", "en"):
        name = "Carta-proposta" if language == "pt_BR" else "Offer letter"
        save_template(None, name=name, language=language, body=words()[f"letter_{language[:2]}"].strip(), by=recruiter)
    progress, pool = Progress(world, words()), make_pool(world)
    twice: list[Person] = []  # who applies to the next posting too, from another address
    for described in tomllib.loads((FOLDER / "postings.toml").read_text("utf-8"))["postings"]:
        posting = _write(world, described)
        if described["state"] in ("open", "filled"):
            _open(world, posting)
            with standing_at(world.at(-OPENED_DAYS_AGO)):
                plan_interviews(_whole(posting, recruiter), pool, people=world.people)
                take_from_posting(_whole(posting, recruiter), by=recruiter).synonyms = words()["synonyms"]
                if described.get("blind"):
                    _hide_names(_whole(posting, recruiter), recruiter)
            again = twice.pop() if twice else None
            applications = [_apply(world, posting, number, again=again if number == 1 else None) for number in range(described["applications"])]
            if described.get("applied_elsewhere"):
                twice.append(applications[1].candidate.person)
            _progress(world, progress, posting, applications, filled=described["state"] == "filled")
    answer_survey(SURVEY_SEED)
    ask_for_people(world)
    tag_and_note(world)
    count_insight()


def _write(world: World, described: dict[str, Any]) -> Posting:
    recruiter = world.people["recruiter"]
    low, high = described["salary"]
    with standing_at(world.at(-OPENED_DAYS_AGO - 3)):
        posting = write_posting(
            Description(
                title=described["title"],
                job_role=world.job_roles[described["role"]],
                department=world.departments[described["department"]],
                location=world.places[described["place"]],
                hiring_manager=world.people["manager"],
                workplace=Workplace(described["workplace"]),
                salary_from=low * 100,
                salary_to=high * 100,
                openings=described["openings"],
                language=described["language"],
                summary=described["summary"],
                responsibilities=described["responsibilities"].strip(),
                qualifications=described["qualifications"].strip(),
                closes_on=world.today + timedelta(days=30),
            ),
            by=recruiter,
        )
        for kind, must_have, weight, text, evidence in described["criteria"]:
            add_criterion(posting, kind=CriterionKind(kind), text=text, must_have=must_have, weight=weight, evidence=evidence, by=recruiter)
        mission = words()[f"mission_criterion_{posting.language[:2]}"]
        add_criterion(posting, kind=CriterionKind.MISSION, text=mission, weight=2, by=recruiter)
        _ask(posting, recruiter)
        session.flush()
        if described["state"] != "draft":
            ask_for_approval(_whole(posting, recruiter), by=recruiter)
    return _whole(posting, recruiter)


def _whole(posting: Posting, viewer: Person) -> Posting:
    session.expire(posting)
    return get_posting(posting.public_id, viewer=viewer)


def _ask(posting: Posting, by: Person) -> None:
    language = posting.language[:2]
    add_question(
        posting,
        kind=QuestionKind.YES_NO,
        text=words()[f"knock_out_{language}"],
        knock_out=True,
        accepted="yes",
        knock_out_reason=words()[f"why_{language}"],
        by=by,
    )
    add_question(posting, kind=QuestionKind.LONG, text=words()[f"mission_question_{language}"], is_mission=True, by=by)
    add_question(posting, kind=QuestionKind.LONG, text=words()[f"open_{language}"], required=False, by=by)
    add_question(posting, kind=QuestionKind.MANY_OF, text=words()[f"areas_{language}"], options=words()["areas"], required=False, by=by)
    add_question(posting, kind=QuestionKind.DATE, text=words()[f"start_{language}"], required=False, by=by)
    follow_knock_outs(posting, declines=posting.title.endswith("Empresas"), days=10, by=by)


def _open(world: World, posting: Posting) -> None:
    with standing_at(world.at(-OPENED_DAYS_AGO)):
        approve_posting(posting, by=world.people["manager"])
        open_posting(_whole(posting, world.people["recruiter"]), by=world.people["recruiter"])
        _ask_for_cards(_whole(posting, world.people["recruiter"]), world.people["recruiter"])


def _hide_names(posting: Posting, recruiter: Person) -> None:
    """Names are shown from the first interview on, and two people mark each application."""
    named_from = next(stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW)
    set_screening(posting, named_from=named_from, screeners=2, by=recruiter)


def _ask_for_cards(posting: Posting, recruiter: Person) -> None:
    """After the panel nobody goes on before two scorecards are there."""
    panel = [stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW][-1]
    text = StageText(name=panel.name, kind=panel.kind, target_days=panel.target_days, turn=panel.turn, cards_needed=2)
    change_stage(panel, posting, text, by=recruiter, version=posting.version)


def _apply(world: World, posting: Posting, number: int, *, again: Person | None = None) -> Application:
    dice, vocabulary = world.random, words()
    language = posting.language[:2]
    name = " ".join([dice.choice(vocabulary["first_names"]), *dice.sample(vocabulary["last_names"], 2)])
    if again is not None:
        given, *_middle, family = again.name.split()
        name = f"{given} {family}"
    first, *rest = folded(name).split()
    address = f"{first}.{rest[-1]}.{posting.id}{number}@candidates.demo.trilha.test"
    with standing_at(world.at(_applied_on(number, dice), 8 + dice.randrange(12), dice.randrange(60))):
        resume = make_resume(name, address, language=language, dice=dice, vocabulary=vocabulary)
        knock_out, mission, story, areas, start = posting.questions
        phone = f"+55 11 9{dice.randrange(1000, 9999)}-{dice.randrange(1000, 9999)}"
        came_by = dice.choice([PLAIN, "linkedin", "indeed", REFERRAL, PLAIN])
        submission = Submission(
            name=name,
            email=address,
            consent_version=consent.CURRENT,
            phone=again.phone.removeprefix("+55 ") if again else phone,
            answers={
                knock_out.public_id: "no" if dice.random() < 0.08 or (posting.declines_knock_outs and number == 0) else "yes",
                mission.public_id: dice.choice(vocabulary[f"missions_{language}"]),
                story.public_id: dice.choice(vocabulary[f"stories_{language}"]),
                areas.public_id: "\n".join(areas.options[number % 4 :][:2]),
                start.public_id: (world.today + timedelta(days=20 + number)).isoformat(),
            },
            locale=posting.language,
            source=came_by,
            referral=_link(world, posting, number) if came_by == REFERRAL else "",
        )
        if posting.openings > 1:
            ask_for_pages(resume)
        return apply(posting, submission=submission, resume=resume)


def _link(world: World, posting: Posting, number: int) -> str:
    """The link of one of two colleagues who hand postings on."""
    return make_link(posting, by=world.people[("manager", "interviewer")[number % 2]]).word


def _applied_on(number: int, dice: Random) -> int:
    """Days from today: the new ones lately, those further on before they were screened."""
    return -9 + dice.randrange(9) if STEPS[(number * 3 + 2) % len(STEPS)] == "new" else -38 + dice.randrange(16)


STEPS = ("new", "new", "new", "screening", "screening", "first", "first", "declined", "panel", "offer", "withdrawn")


def _progress(world: World, progress: Progress, posting: Posting, applications: list[Application], *, filled: bool) -> None:
    recruiter = world.people["recruiter"]
    for number, applied in enumerate(applications):
        step = "hired" if filled and number == 1 else STEPS[(number * 3 + 2) % len(STEPS)]
        if step == "new" or (filled and step == "offer"):
            continue
        application = get_application(applied.public_id, viewer=recruiter)
        if application.state is not ApplicationState.ACTIVE:
            continue  # the posting's rule on knock-out answers came first
        with standing_at(world.at(-20, 11, number)):
            application = _screen(world, application, posting)
        if step == "withdrawn":
            with standing_at(world.at(-15, 9, number)):
                withdraw_application(application, by=application.candidate.person)
        elif step == "declined":
            with standing_at(world.at(-14, 9, number)):
                decline_application(application, by=recruiter, reason=DeclineReason.MINIMUM_QUALIFICATIONS, note="")
        elif step != "screening":
            progress.take_to(application, step)


def _screen(world: World, application: Application, posting: Posting) -> Application:
    recruiter = world.people["recruiter"]
    for criterion in get_posting(posting.public_id, viewer=recruiter).criteria:
        give_mark(application, criterion, mark=world.random.choice([2, 3, 3, 4]), by=recruiter)
    screening = next(stage for stage in application.posting.stages if stage.kind is StageKind.SCREENING)
    return advance_application(application, to_stage=screening, by=recruiter)
