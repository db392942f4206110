"""Demo data of the first ninety days: reviews, goals, feedback, check-ins and development plans, all made by the real actions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from core.clock import standing_at
from core.db import session
from core.errors import Conflict
from core.people.models import Person
from core.web.i18n import force_locale
from core.world import World
from onboarding.checkins.actions import Rhythm, plan_check_ins
from onboarding.development.actions import Means, add_usual_competencies, assess_levels, expect_levels, plan_action, set_ladder
from onboarding.development.models import MeansKind
from onboarding.development.queries import competencies
from onboarding.feedback.actions import ask_for_feedback, give_feedback
from onboarding.feedback.models import Sight
from onboarding.goals.actions import Smart, agree_on_goal, measure, propose_goal
from onboarding.goals.models import Kpi
from onboarding.reviews.agreeing import Agreement, agree_on_action, put_forward
from onboarding.reviews.assessing import Words, keep_assessment, send_assessment
from onboarding.reviews.models import Outcome, Review
from onboarding.reviews.queries import get_review
from onboarding.reviews.signing import sign_review

ZONE = "America/Sao_Paulo"
OWN = Words(
    "Mantive os doze clientes que recebi e abri três contas.", "Os relatórios ainda me tomam a manhã.", "Acompanhar mais dois fechamentos.", 4
)
SEEN = Words("Ouve antes de oferecer; os clientes pedem por ela.", "Escreve demais nos relatórios.", "", 4)
AGREED = Agreement(
    successes="Os clientes ficam, e três novos chegaram.",
    improvements="Relatórios de uma página, até as dez da manhã.",
    job_description="- Cuida de uma carteira de clientes de varejo\n- Abre novas contas\n- Responde em um dia útil",
    outcome=Outcome.CONTINUE,
)
# what is to be reached, by what, from, to, unit, less is better, weight, what was measured
GOALS = (
    ("Manter os clientes da carteira", Kpi.CLIENT_RETENTION, 9000, 9600, "%", False, 40, (9050, 9200, 9350, 9400)),
    ("Abrir novas contas", Kpi.NEW_BUSINESS, 0, 1200, "contas", False, 35, (100, 200, 300, 500)),
    ("Responder mais depressa", Kpi.RESPONSE_TIME, 4800, 2400, "h", True, 25, (4500, 3900, 3600)),
)
# new business, figures, objections, people, advice, products: the order of their names
LEVELS = {
    "Relationship manager": (3, 2, 3, 1, 3, 3),
    "Account manager": (3, 2, 3, 1, 4, 3),
    "Team lead": (4, 3, 4, 3, 4, 4),
    "Director": (5, 5, 4, 5, 4, 5),
}
LADDER = ("Customer-service manager", "Relationship manager", "Team lead", "Director")


def load_ninety_days(world: World) -> None:
    """Fill the first ninety days of every new hire as far as they have come."""
    hr = world.people["hr"]
    with standing_at(world.at(-140, 9)), force_locale("pt_BR"):
        add_usual_competencies(by=hr)
        keys = [row.id for row in competencies()]
        for name, levels in LEVELS.items():
            expect_levels(world.job_roles[name], dict(zip(keys, levels, strict=True)), by=hr)
        set_ladder([world.job_roles[name] for name in LADDER], by=hr)
    for position, (person, employment, manager, buddy) in enumerate(world.new_hires):
        worked = (world.today - employment.valid_from).days
        if worked < 1:
            continue
        _agree_on_goals(world, person, manager, worked)
        _talk(world, person, manager, buddy, position)
        _develop(world, person, manager, keys)
        _review(world, person, manager)


def _agree_on_goals(world: World, person: Person, manager: Person, worked: int) -> None:
    proposed = []
    for number, (specific, kpi, start, target, unit, lower, weight, _reached) in enumerate(GOALS):
        smart = Smart(
            specific=specific,
            kpi=kpi,
            unit=unit,
            start=start,
            target=target,
            lower_is_better=lower,
            attainable="A carteira é conhecida, e o mentor ajuda.",
            relevant="Clientes que ficam trazem outros.",
            due_on=world.today + timedelta(days=75),
            weight=weight,
        )
        with standing_at(world.at(-min(worked, 6), 10)):
            proposed.append(propose_goal(person, smart, by=manager if number else person))
    for number, (goal, (*_wording, reached)) in enumerate(zip(proposed, GOALS, strict=True)):
        if number == 2 and worked < 15:
            continue  # still waits for the new hire
        with standing_at(world.at(-min(worked, 5), 11)):
            agree_on_goal(goal, number=1, by=person if number else manager)
        for back, value in enumerate(reversed(reached[: max(1, worked // 3)])):
            day = world.today - timedelta(days=1 + back)
            with standing_at(world.at(-1 - back, 17)):
                measure(goal, on=day, value=value, by=person)


def _talk(world: World, person: Person, manager: Person, buddy: Person | None, position: int) -> None:
    with standing_at(world.at(-1, 15)):
        give_feedback(person, text="Você perguntou antes de oferecer. O cliente falou o dobro.", sight=Sight.SHARED, by=manager)
        if buddy is not None:
            ask_for_feedback(buddy, question="Como foi a minha primeira reunião?", by=person)
    first = datetime.combine(_monday(world), time(8, 30 if position % 2 else 0)) + timedelta(days=position % 5)
    try:
        with standing_at(world.at(-1, 16)), session.begin_nested():
            plan_check_ins(person, Rhythm(first, ZONE, every=14, times=3), place="Sala 3", agenda="- O que avançou\n- O que trava", by=manager)
    except Conflict:
        return  # the manager is busy at all of these times


def _monday(world: World) -> date:
    return world.today + timedelta(days=7 - world.today.weekday())


def _develop(world: World, person: Person, manager: Person, keys: Sequence[int]) -> None:
    with standing_at(world.at(-1, 14)):
        assess_levels(person, {keys[0]: 3, keys[1]: 2}, by=person)
        assess_levels(person, {keys[0]: 2, keys[1]: 2, keys[2]: 2, keys[4]: 3}, by=manager)
        due = world.today + timedelta(days=40)
        plan_action(person, Means(MeansKind.SHADOWING, due, title="Fechamento de uma venda", competency=competencies()[2]), by=manager)


def _review(world: World, person: Person, manager: Person) -> None:
    for key, due_on in session.execute(select(Review.public_id, Review.due_on).where(Review.person_id == person.id).order_by(Review.due_on)):
        days = (due_on - world.today).days
        if days > 14:
            return
        review, _circle = get_review(key, viewer=person)
        with standing_at(world.at(min(days - 4, -1), 10)):
            send_assessment(review, OWN, by=person)
            if days > 0:
                keep_assessment(review, Words("Aprende depressa.", "", "", None), by=manager)
                return
            send_assessment(review, SEEN, by=manager)
            agree_on_action(review, text="Acompanhar dois fechamentos", owner=person, due_on=world.today + timedelta(days=12), by=manager)
            put_forward(review, AGREED, by=manager)
        with standing_at(world.at(min(days - 2, -1), 17)):
            sign_review(review, typed_name=manager.name, read=review.agreed_mark, by=manager)
            if days < -2:
                sign_review(review, typed_name=person.name, read=review.agreed_mark, by=person)
