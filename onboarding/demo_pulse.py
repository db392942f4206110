"""Demo data: how new hires of the last half year said they were doing, told in groups as always."""

from datetime import timedelta

from core.db import session
from core.world import World
from onboarding.pulse.actions import tell_pulse
from onboarding.pulse.grouping import quarter
from onboarding.pulse.models import PulseAnswer, PulseText
from onboarding.pulse.questions import QUESTIONS, Wave

PEOPLE = {Wave.WEEK_1: 11, Wave.DAY_30: 9, Wave.DAY_90: 6}
TEXTS = {
    Wave.WEEK_1: (
        "O notebook chegou só no terceiro dia.",
        "Gostei de almoçar com a equipe logo no primeiro dia.",
        "Too many e-mails in the first two days.",
        "Faltou um mapa da agência: ninguém sabe onde fica o cofre no primeiro dia.",
        "Acompanhar um colega ensinou mais do que todas as apresentações.",
        "A list of who to ask for what would help.",
    ),
    Wave.DAY_30: (
        "Mais tempo para os cursos, sem atender ao mesmo tempo.",
        "I would like to shadow a second colleague.",
        "Os sistemas têm nomes demais.",
        "Meu gestor reserva meia hora por semana para mim, e isso ajuda muito.",
        "Quem apresenta os produtos poderia mostrar um caso de verdade.",
    ),
}


def load_pulse(world: World) -> None:
    """Answers of an ended quarter, of two departments under one manager, and what was written beside them. They belong to nobody from the start."""
    dice, manager = world.random, world.people["manager"]
    departments = list(world.departments.values())[:2]
    ended = quarter(quarter(world.today) - timedelta(days=1))
    for wave, count in PEOPLE.items():
        for number in range(count):
            answers = {name: min(5, max(1, round(dice.gauss(4.1 - 0.35 * place % 1.4, 0.8)))) for place, name in enumerate(QUESTIONS)}
            department = departments[number % 2 if count > 9 else 0]
            session.add(PulseAnswer(wave=wave, quarter_on=ended, department_id=department.id, manager_id=manager.id, answers=answers))
    session.add_all(PulseText(wave=wave, text=text) for wave, texts in TEXTS.items() for text in texts)
    session.flush()
    tell_pulse(on=world.today)
