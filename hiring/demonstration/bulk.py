"""Many applications at once, for benchmarks: rows without audit, spread over the open postings and their stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from core.clock import now
from core.db import session
from core.people.models import Person
from core.people.naming import note_names
from core.world import World
from hiring.applications import consent
from hiring.applications.models import Answer, Application, ApplicationMove, ApplicationState, Candidate, DeclineReason
from hiring.demonstration.vocabulary import words
from hiring.postings.models import Posting, PostingState, Question, Stage

BATCH = 2000
SOURCES = ("careers", "careers", "linkedin", "indeed", "referral")
SHARES = ((0, 45), (1, 25), (2, 15), (3, 10), (4, 5))  # stage by its place, in percent of those still open


@dataclass(frozen=True)
class _Ground:
    """What new applications are made of."""

    postings: Sequence[Posting]
    stages: dict[int, list[Stage]]
    questions: dict[int, list[int]]
    resumes: Sequence[int]


def add_applications(world: World, *, until: int) -> None:
    """Add applications until there are so many."""
    present = session.scalars(select(func.count()).select_from(Application)).one()
    ground = _ground()
    while present < until:
        size = min(BATCH, until - present)
        _add(world, present, size, ground)
        present += size


def _ground() -> _Ground:
    postings = session.scalars(select(Posting).where(Posting.state == PostingState.OPEN).order_by(Posting.id)).all()
    stages: dict[int, list[Stage]] = {posting.id: [] for posting in postings}
    for stage in session.scalars(select(Stage).where(Stage.posting_id.in_(stages)).order_by(Stage.position)):
        stages[stage.posting_id].append(stage)
    questions: dict[int, list[int]] = {posting.id: [] for posting in postings}
    asked = select(Question.posting_id, Question.id).where(Question.posting_id.in_(stages)).order_by(Question.position)
    for posting, question in session.execute(asked):
        questions[posting].append(question)
    return _Ground(postings, stages, questions, session.scalars(select(Application.resume_id).order_by(Application.id).limit(40)).all())


def _add(world: World, first: int, size: int, ground: _Ground) -> None:
    dice = world.random
    emails = [f"c{first + number}@candidates.demo.trilha.test" for number in range(size)]
    people = [{"public_id": _id(world), "name": _name(dice), "email": email, "created_at": now(), "version": 1} for email in emails]
    person_keys = session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people).all()
    note_names((key, str(person["name"])) for key, person in zip(person_keys, people, strict=True))
    candidates = [
        {"public_id": _id(world), "person_id": key, "email": email, "created_at": now()} for key, email in zip(person_keys, emails, strict=True)
    ]
    candidate_keys = session.scalars(insert(Candidate).returning(Candidate.id, sort_by_parameter_order=True), candidates).all()
    rows = [_row(world, key, email, dice.choice(ground.postings), ground) for key, email in zip(candidate_keys, emails, strict=True)]
    keys = session.scalars(insert(Application).returning(Application.id, sort_by_parameter_order=True), rows).all()
    answers = []
    moves = []
    for key, row in zip(keys, rows, strict=True):
        for question in ground.questions[row["posting_id"]]:
            answers.append({"public_id": _id(world), "application_id": key, "question_id": question, "text": "yes", "knocks_out": False})
        moves.append(
            {
                "public_id": _id(world),
                "application_id": key,
                "to_stage_id": row["stage_id"],
                "to_state": row["state"],
                "at": row["applied_at"],
                "reason": "",
            }
        )
    session.execute(insert(Answer), answers)
    session.execute(insert(ApplicationMove), moves)


def _name(dice: Random) -> str:
    first, last = words()["first_names"], words()["last_names"]
    return f"{dice.choice(first)} {dice.choice(last)} {dice.choice(last)}"


def _letter(dice: Random, language: str) -> str:
    """A cover letter: sentences many share, so that some words and phrases are everywhere and others are rare."""
    said = words()
    sentences = [dice.choice(said[f"missions_{language}"]), dice.choice(said[f"stories_{language}"]), *dice.sample(said[f"skills_{language}"], 3)]
    return "\n".join(sentences)


def _row(world: World, candidate: int, email: str, posting: Posting, ground: _Ground) -> dict[str, Any]:
    dice = world.random
    applied = world.at(0) - timedelta(minutes=dice.randrange(60 * 24 * 40))
    declined = dice.random() < 0.3
    place = dice.choices([place for place, _share in SHARES], [share for _place, share in SHARES])[0]
    stage = ground.stages[posting.id][place]
    return {
        "public_id": _id(world),
        "created_at": applied,
        "posting_id": posting.id,
        "candidate_id": candidate,
        "email": email,
        "stage_id": stage.id,
        "names_hidden": stage.is_blind,
        "state": ApplicationState.DECLINED if declined else ApplicationState.ACTIVE,
        "decline_reason": DeclineReason.MORE_QUALIFIED if declined else None,
        "stage_since": applied + timedelta(hours=dice.randrange(48)),
        "applied_at": applied,
        "source": dice.choice(SOURCES),
        "resume_id": dice.choice(ground.resumes),
        "cover_letter": _letter(dice, posting.language[:2]),
        "consent_version": consent.CURRENT,
        "consented_at": applied,
        "knocked_out": dice.random() < 0.05,
        "position": applied.timestamp(),
        "submission_key": "",
        "version": 1,
    }


def _id(world: World) -> UUID:
    return UUID(int=world.random.getrandbits(128), version=4)
