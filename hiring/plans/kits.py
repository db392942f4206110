"""What a plan says to those who interview: the text of a round's kit, its seats, and which criteria nobody covers."""

from collections.abc import Iterable, Sequence

from core.people.models import Person
from core.web.i18n import _, force_locale
from hiring.interviewers.queries import pooled_people
from hiring.plans.labels import QUESTION_STYLES
from hiring.plans.models import PlanRound
from hiring.postings.models import Criterion


def kit_text(planned: PlanRound, *, language: str) -> str:
    """The purpose and the questions of a round as Markdown, in the posting's language. Needs questions."""
    with force_locale(language):
        parts = [planned.purpose.strip()] if planned.purpose.strip() else []
        for question in planned.questions:
            part = f"**{QUESTION_STYLES[question.style]}**: {question.text.strip()}"
            if question.good_answer.strip():
                part += f"\n\n*{_('Good answer')}*: {question.good_answer.strip()}"
            parts.append(part)
    return "\n\n".join(parts)


def people_of(planned: PlanRound) -> list[Person]:
    """Those who sit in the round whatever happens. Needs seats with their people."""
    return [seat.person for seat in planned.seats if seat.person is not None]


def pools_of(planned: PlanRound) -> list[list[Person]]:
    """For each seat that a pool takes, those of whom one will. A closed pool has nobody. Needs seats with pools and their people."""
    pools = [seat.pool for seat in planned.seats if seat.pool is not None]
    return [[each.person for each in pooled_people(pool)] if pool.closed_at is None else [] for pool in pools]


def seats_of(planned: PlanRound) -> list[list[Person]]:
    """All seats, each with those of whom one takes it; seats that nobody can take are left out."""
    everybody = people_of(planned)
    pooled = [[person for person in pool if person not in everybody] for pool in pools_of(planned)]
    return [[person] for person in everybody] + [pool for pool in pooled if pool]


def covered_by(rounds: Iterable[PlanRound], criterion: Criterion) -> list[PlanRound]:
    """The rounds that are to find out about a criterion."""
    return [each for each in rounds if any(row.criterion_id == criterion.id for row in each.covered)]


def covered_by_nobody(rounds: Sequence[PlanRound], criteria: Iterable[Criterion]) -> list[Criterion]:
    """The criteria that no round of the plan asks about."""
    return [criterion for criterion in criteria if not covered_by(rounds, criterion)]
