"""Tags, notes and a saved search of the demonstration, and its candidates ready to be searched."""

from sqlalchemy import select

from core.clock import standing_at
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.world import World
from hiring.applications.models import Application, ApplicationState
from hiring.applications.queries import get_application
from hiring.bulk.actions import Settings, choose, set_up, start
from hiring.bulk.models import BulkKind
from hiring.messages.actions import ask_for_document, write_to_team
from hiring.notes.actions import write_note
from hiring.search.actions import index_what_is_due
from hiring.search.saving import save_search
from hiring.tags.actions import tag_candidate

TAGS = ("Carteira PJ", "Inglês fluente", "Crédito rural")
NOTED = 4


def tag_and_note(world: World) -> None:
    """Tag a few open applications, note something on them, save a search, and index everything."""
    session.flush()
    recruiter, manager = get_person(world.people["recruiter"].public_id), world.people["manager"]
    query = select(Application.public_id).where(Application.state == ApplicationState.ACTIVE).order_by(Application.applied_at, Application.id)
    with standing_at(world.at(-5, 15)):
        for number, key in enumerate(session.scalars(query.limit(NOTED)).all()):
            application = get_application(key, viewer=recruiter)
            tag_candidate(application.candidate, TAGS[number % len(TAGS)], by=recruiter)
            mention = f"@{manager.name}, vale conversar ainda esta semana?" if number == 0 else "Pediu para falar depois das 18h."
            write_note(application, f"Boa conversa ao telefone. {mention}", by=recruiter)
        write_to_team(application, "Bom dia! Posso enviar o certificado depois da prova de sábado?")
        ask_for_document(application, "Certificado CPA-20", by=recruiter)
        _tag_many(recruiter)
        save_search("Crédito, ainda em aberto", "crédito state:ativa", by=recruiter)
    while index_what_is_due():
        session.flush()


def _tag_many(recruiter: Person) -> None:
    query = select(Application.id, Application.version).where(Application.knocked_out).order_by(Application.id)
    bulk = choose(BulkKind.TAG, [(row.id, row.version) for row in session.execute(query.limit(5))], by=recruiter)
    set_up(bulk, Settings(text="Ligar de novo"), by=recruiter)
    start(bulk, seen_version=bulk.version, by=recruiter)
