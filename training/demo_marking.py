"""Demonstration data of marking by hand: a case to write about, marked by two people, with answers that wait."""

from datetime import timedelta

from core.clock import standing_at, today
from core.people.models import Person
from core.world import World
from training.catalogue import actions
from training.catalogue.actions import CourseFields, ExamTerms
from training.catalogue.models import CourseArea, CourseForm, CourseVersion
from training.catalogue.queries import get_version_in_force, latest_version
from training.exams.actions import hand_in, start_attempt
from training.exams.models import Attempt
from training.exams.queries import drawn_items
from training.items.actions import write_item
from training.items.by_hand import ByHand, read_rubric
from training.items.content import ItemDraft, OptionDraft
from training.items.models import ItemKind
from training.learning.actions import read_module
from training.marking.actions import send_mark
from training.marking.judging import Sheet
from training.marking.queries import get_script, scripts_of

CASE = (
    "Uma cliente de 74 anos quer resgatar a previdência hoje para ajudar um amigo que conheceu na internet. "
    "Escreva o que você diz a ela, o que registra e a quem comunica."
)
RUBRIC = """Reconhece o risco de golpe
0 não menciona
2 menciona sem explicar
4 explica os sinais

Cuida da cliente
0 só recusa o pedido
2 orienta com respeito
4 orienta, oferece apoio e combina um retorno

Sabe o que registrar e comunicar
0 não diz
2 diz em parte
4 diz o quê, onde e a quem"""
LESSONS = {
    "Ouvir antes de resolver": "Quem liga aflito quer ser ouvido. **Repita** o que entendeu, pergunte o que falta e só então ofereça um caminho.",
    "Sinais de golpe": "Pressa, segredo e um amigo que ninguém viu: três sinais que pedem uma pausa, um registro e uma segunda opinião.",
}
WRITTEN = (
    "Eu pergunto com calma como eles se conheceram e por que a pressa. Explico que pedidos assim são um golpe comum, proponho falar com a família, "
    "registro o atendimento no sistema e comunico a área de prevenção a fraudes no mesmo dia. Combino de ligar para ela amanhã.",
    "Digo que não posso fazer o resgate hoje e que ela deve procurar a gerente. Registro que a cliente esteve na agência.",
    "Escuto a história, digo que me preocupo com ela e que há sinais de golpe. Não bloqueio o pedido sozinho: chamo a gerente e aviso a prevenção.",
)


def load_marking(world: World) -> None:
    """A course whose exam asks a case; three answers, one of them marked by one of two."""
    version = _course(world)
    known = {person.id for person in world.people.values()}
    writers = [person for person in world.colleagues if person.id not in known][3:6]
    trainer = world.people["trainer"]
    for place, (person, text) in enumerate(zip(writers, WRITTEN, strict=False)):
        attempt = _sit(world, version, person, text, day=-6 + 2 * place)
        if place == 0:
            with standing_at(world.at(-3, 15)):
                (script,) = scripts_of(attempt)
                notes = ("Vê os sinais.", "Bom retorno combinado.", "")
                send_mark(get_script(script.public_id, viewer=trainer), Sheet((2, 2, 1), notes), comment="Resposta clara.", by=trainer)


def _course(world: World) -> CourseVersion:
    trainer, officer = world.people["trainer"], world.people["compliance"]
    fields = CourseFields(
        title="Casos difíceis no atendimento",
        code="CASOS-01",
        area=CourseArea.CUSTOMER_SERVICE,
        form=CourseForm.E_LEARNING,
        duration_minutes=40,
        language="pt_BR",
        summary="Dois textos curtos e um caso para escrever, corrigido por duas pessoas.",
    )
    terms = ExamTerms(pass_mark=60, minutes=40, item_count=2, double_marking=True, marks_may_differ=2)
    with standing_at(world.at(-40, 10)):
        course = actions.add_course(fields, terms, by=trainer)
        version = latest_version(course)
        for title, text in LESSONS.items():
            actions.write_module(version, None, title=title, text=text, by=trainer)
        options = [OptionDraft("Verdadeiro", True), OptionDraft("Falso")]
        write_item(version, None, ItemDraft(ItemKind.TRUE_FALSE, "Pressa e segredo são sinais de golpe.", options=options), by=trainer)
        by_hand = ByHand(read_rubric(RUBRIC), guidance="A ordem dos passos não importa.", least_words=30, most_words=250)
        write_item(version, None, ItemDraft(ItemKind.ESSAY, CASE, by_hand=by_hand), by=trainer)
        actions.submit_version(version, by=trainer)
    with standing_at(world.at(-38, 10)):
        actions.approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    return get_version_in_force(course.public_id, on=world.today)


def _sit(world: World, version: CourseVersion, person: Person, text: str, *, day: int) -> Attempt:
    with standing_at(world.at(day, 10)):
        for module in version.modules:
            read_module(version, module, by=person)
        attempt = start_attempt(version, by=person, seed=world.random.randrange(2**31))
    answers = {
        str(item.public_id): [text] if item.kind is ItemKind.ESSAY else [str(option.public_id) for option in item.options if option.correct]
        for item in drawn_items(attempt)
    }
    with standing_at(attempt.started_at + timedelta(minutes=12)):
        return hand_in(attempt, answers, sequence=1, by=person)
