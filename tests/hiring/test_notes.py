"""Notes on applications: who is meant by an @, who may be, what waits for them, and the trace a changed note leaves."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.queries import get_application
from hiring.notes.actions import change_note, mark_read, withdraw_note, write_note
from hiring.notes.mentions import handles, mentioned
from hiring.notes.models import Note
from hiring.notes.queries import get_note, unread_mentions
from tests.conftest import Mailbox
from tests.situations import a_colleague, an_application, an_open_posting

PEOPLE = [(1, "Ana Souza", "ana@x.test"), (2, "Ana Sá", "ana.sa@x.test"), (3, "João d'Ávila", "joao@x.test"), (4, "Ana Souza Lima", "lima@x.test")]


@pytest.mark.parametrize(
    ("text", "keys", "unknown", "ambiguous"),
    [
        ("nothing here", [], [], []),
        ("@joao look, and @João d'Ávila again", [3], [], []),
        ("@ana sa, @ANA  SOUZA.", [2, 1], [], []),
        ("@Ana Souza Lima and not the other", [4], [], []),
        ("(@Ana)", [], [], ["ana"]),
        ("@ana.sa@x.test", [2], [], []),
        ("@Joaquim!", [], ["Joaquim"], []),
        ("mail to joao@x.test, 5 @ 3", [], [], []),
        ("@joaozinho", [], ["joaozinho"], []),
    ],
)
def test_who_is_meant_by_an_at(text: str, keys: list[int], unknown: list[str], ambiguous: list[str]) -> None:
    found = mentioned(text, handles(PEOPLE))
    assert (found.keys, found.unknown, found.ambiguous) == (keys, unknown, ambiguous)


def test_only_those_who_see_the_application_are_mentioned_and_told(app: object, mailbox: Mailbox) -> None:
    recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
    stranger = a_colleague("Outra Gestora", Role.MANAGER)
    posting = an_open_posting(by=recruiter, hiring_manager=manager)
    application = get_application(an_application(posting).public_id, viewer=recruiter)
    for wrong in ("  ", "@Outra Gestora, look", "@Ana is the candidate", "x" * 5001):
        with pytest.raises(Invalid):
            write_note(application, wrong, by=recruiter)
    with pytest.raises(NotAllowed):
        write_note(application, "Hm", by=stranger)
    note = write_note(application, "Silver tongue. @marcos prado, what do you think?", by=recruiter)
    mails = [mail for mail in mailbox if mail.name == "note_mention"]
    assert [mail.to_address for mail in mails] == [manager.email]
    assert "Silver" not in mails[0].text and "Ana Souza" not in mails[0].text  # where to look, not what
    assert [mention.note_id for mention in session.scalars(unread_mentions(manager))] == [note.id]
    loaded = get_note(note.public_id, viewer=manager)
    with pytest.raises(NotAllowed):
        change_note(loaded, "Mine", by=manager, version=loaded.version)
    with pytest.raises(NotAllowed):
        withdraw_note(loaded, by=manager)
    with pytest.raises(Conflict):
        change_note(loaded, "Again", by=recruiter, version=loaded.version - 1)
    change_note(loaded, "Golden tongue, @Marcos", by=recruiter, version=loaded.version)
    assert len([mail for mail in mailbox if mail.name == "note_mention"]) == 1  # told once
    mark_read(loaded, by=manager)
    assert not session.scalars(unread_mentions(manager)).all()
    withdraw_note(loaded, by=recruiter)
    assert (loaded.text, loaded.mentions) == ("", [])
    with pytest.raises(WrongState):
        change_note(loaded, "Back", by=recruiter, version=loaded.version)
    session.flush()
    session.commit()
    names = session.scalars(select(AuditEvent.name).where(AuditEvent.subject == "hiring_note").order_by(AuditEvent.id)).all()
    assert names == ["hiring.note.written", "hiring.note.changed", "hiring.note.read", "hiring.note.withdrawn"]


def test_a_note_on_the_pages(app: object, client: FlaskClient, sign_in: Callable[[Person], None]) -> None:
    recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
    posting = an_open_posting(by=recruiter, hiring_manager=manager)
    address = f"/applications/{an_application(posting).public_id}"
    manager_id = manager.public_id
    sign_in(recruiter)
    refused = client.post(f"{address}/notes/new", data={"text": "<i>Ask</i> @Nobody"})
    assert refused.status_code == 422 and "&lt;i&gt;Ask&lt;/i&gt; @Nobody" in refused.get_data(as_text=True)  # comes back filled
    assert client.post(f"{address}/notes/new", data={"text": "<i>Ask</i> @Marcos"}).status_code == 302
    assert "&lt;i&gt;Ask&lt;/i&gt; @Marcos" in client.get(address).get_data(as_text=True)
    cost = client.last_statements  # type: ignore[attr-defined]
    note_id, version = session.execute(select(Note.public_id, Note.version)).one()
    assert client.get(f"/notes/{note_id}/edit").status_code == 200
    assert client.post(f"/notes/{note_id}/edit", data={"text": "Asked @Marcos", "version": version}).status_code == 302
    assert client.post(f"/notes/{note_id}/edit", data={"text": "Late", "version": version}).status_code == 409
    for number in range(4):
        client.post(f"{address}/notes/new", data={"text": f"Note {number} @Marcos"})
    client.get(address)
    assert client.last_statements == cost <= 12  # type: ignore[attr-defined]
    sign_in(get_person(manager_id))
    assert "mentioned you in a note" in client.get("/home").get_data(as_text=True)
    assert "I have read it" in client.get(address).get_data(as_text=True)
    assert client.post(f"/notes/{note_id}/read").status_code == 302
    assert client.post(f"/notes/{note_id}/withdraw").status_code == 403
    sign_in(a_colleague("Outra Gestora", Role.MANAGER))
    assert client.get(f"/notes/{note_id}/edit").status_code == 404
