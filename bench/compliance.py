"""Required training of many people: the matrix as of any day, one person's evidence, and what a move or a rule sets going."""

from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy import func, select

from bench.deeds import Deed
from bench.pages import Measured
from bench.report import Round
from core.accounts.models import Account
from core.clock import today
from core.db import session
from core.people.models import Employment, JobRole
from core.people.queries import get_person_by_key
from training.catalogue.models import Course
from training.requirements.actions import rederive, write_rule
from training.requirements.models import Completion
from training.requirements.tasks import rederive_everybody
from training.standings.actions import derive_next, versions_to_derive

WHAT = "people with five years of training"
MOST_OF_A_LOOK = 300  # milliseconds
MOST_OF_THE_PAST = 1.5
DAYS_BEFORE = {"today": 0, "a year ago": 365, "four years ago": 1461}


def pages() -> list[Measured]:
    """The pages of compliance. Needs a request context."""
    officer, matrix, day = "compliance", url_for("compliance.matrix"), today("UTC")
    found = []
    for name, days in DAYS_BEFORE.items():
        asked = urlencode({"as_of": (day - timedelta(days=days)).isoformat()})
        found += [
            Measured(f"Matrix, {name}", officer, f"{matrix}?{asked}", most=MOST_OF_A_LOOK),
            Measured(f"Matrix, who is overdue, {name}", officer, f"{matrix}?{asked}&state=overdue", most=MOST_OF_A_LOOK),
            Measured(f"Totals, {name}", officer, f"{url_for('compliance.totals')}?{asked}", most=MOST_OF_A_LOOK),
        ]
    evidence = url_for("compliance.person", person_id=get_person_by_key(_much_trained()).public_id)
    return [
        *found,
        Measured("Matrix of a manager", "manager", matrix, most=MOST_OF_A_LOOK),
        Measured("Totals of a manager", "manager", url_for("compliance.totals"), most=MOST_OF_A_LOOK),
        *(
            Measured(f"Figures: {name}", officer, url_for("compliance_insight.show", name=name), most=MOST_OF_A_LOOK)
            for name in ("trend", "forecast", "league", "heat-map")
        ),
        Measured("One person's evidence", officer, evidence, is_list=True),
        Measured("Home of compliance", officer, url_for("home.mine")),
    ]


def deeds() -> list[Deed]:
    """What is measured besides pages. Needs a request context."""
    return [
        Deed("Moving somebody, and deriving what that asks of them", 20, partial(_move, _much_trained())),
        Deed("A new rule over everybody, in the background", 10_000, _new_rule, once=True),
    ]


def missed(round_: Round) -> list[str]:
    """A sentence for each look at the past that costs more than one at today should."""
    took = {each.page.name: each.milliseconds for each in round_.figures}
    found = []
    for name, milliseconds in took.items():
        kind, _, when = name.rpartition(", ")
        now = took.get(f"{kind}, today")
        if when in DAYS_BEFORE and now is not None and milliseconds > MOST_OF_THE_PAST * now:
            found.append(f"{name} on {round_.database}: {milliseconds / now:.1f} times as much as today, at most {MOST_OF_THE_PAST} wanted.")
    return found


def _much_trained() -> int:
    """Somebody with more completions than most."""
    counted = select(Completion.person_id).group_by(Completion.person_id).order_by(func.count().desc(), Completion.person_id)
    return session.scalars(counted.limit(1)).one()


def _move(key: int) -> None:
    """The position of somebody with a long history is another since today, as human resources' page does it."""
    person = get_person_by_key(key)
    present = session.scalars(select(Employment).where(Employment.person_id == key).order_by(Employment.valid_from.desc()).limit(1)).one()
    role = session.scalars(select(JobRole.id).where(JobRole.id != present.job_role_id).order_by(JobRole.id).limit(1)).one()
    day = today("UTC")
    present.end_with(day - timedelta(days=1))
    session.add(
        Employment(
            person_id=person.id,
            job_role_id=role,
            department_id=present.department_id,
            location_id=present.location_id,
            manager_id=present.manager_id,
            hired_on=present.hired_on,
            valid_from=day,
        )
    )
    session.flush()
    rederive(person)


def _new_rule() -> None:
    """Everybody must hold a course from today on; the worker follows."""
    officer = get_person_by_key(session.scalars(select(Account.person_id).where(Account.email == "compliance@demo.trilha.test")).one())
    course = Course(title="Conduta em redes sociais", code="CRS-01")
    session.add(course)
    session.flush()
    write_rule(course=course, job_role=None, due_days=30, valid_months=12, source="", effective_from=today("UTC"), by=officer)
    rederive_everybody()
    after, versions = 0, versions_to_derive(anew=False)
    while (following := derive_next(versions, after=after)) is not None:
        after = following
    session.flush()
