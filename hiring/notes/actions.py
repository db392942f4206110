"""What is done with notes: written, changed, withdrawn, read by those mentioned."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.notes import mails, policy
from hiring.notes.mentions import handles, mentioned
from hiring.notes.models import Mention, Note
from hiring.notes.queries import mentionable
from hiring.postings.models import Posting

LONGEST = 5000


def write_note(application: Application, text: str, *, by: Person) -> Note:
    """Note something about an application and tell those it mentions by @name. Needs `application.candidate.person` and `posting.members`.

    Raises NotAllowed unless `by` sees the application, Invalid when a mentioned name fits nobody who sees it.
    """
    posting = application.posting
    if not policy.can_note(by, posting):
        raise NotAllowed(_("Only those who see an application write notes on it."))
    meant = _meant(text, posting, by=by)
    note = Note(application=application, author=by, text=text.strip(), mentions=[Mention(person_id=person.id) for person in meant])
    session.add(note)
    session.flush()
    record("hiring.note.written", note, by=by, person=application.candidate.person, changes={"mentions": [person.id for person in meant]})
    for person in meant:
        mails.note_mention(note, to=person)
    return note


def change_note(note: Note, text: str, *, by: Person, version: int) -> None:
    """Change one's own note; what it said before stays in the audit trail. Who is mentioned for the first time is told."""
    _insist(note, by)
    if note.version != version:
        raise Conflict(_("This note was changed in the meantime. Copy what you typed, then load the page again."))
    meant, before = _meant(text, note.application.posting, by=by), note.text
    if text.strip() == before:
        return
    known = {mention.person_id for mention in note.mentions}
    stay = {person.id for person in meant}
    note.mentions[:] = [mention for mention in note.mentions if mention.person_id in stay]
    note.mentions += [Mention(person_id=person.id) for person in meant if person.id not in known]
    note.text, note.changed_at = text.strip(), now()
    session.flush()
    _record("hiring.note.changed", note, by, before)
    for person in meant:
        if person.id not in known:
            mails.note_mention(note, to=person)


def withdraw_note(note: Note, *, by: Person) -> None:
    """Take one's own note back: its text goes from the page, that there was one stays, and the trail keeps what it said."""
    _insist(note, by)
    before = note.text
    note.text, note.withdrawn_at = "", now()
    note.mentions[:] = []
    session.flush()
    _record("hiring.note.withdrawn", note, by, before)


def mark_read(note: Note, *, by: Person) -> None:
    """Say that one has read the note one is mentioned in. Once more is friendly and does nothing."""
    own = [mention for mention in note.mentions if mention.person_id == by.id]
    if not own:
        raise NotAllowed(_("This note does not mention you."))
    if own[0].read_at is None:
        own[0].read_at = now()
        record("hiring.note.read", note, by=by, person=note.application.candidate.person)


def _meant(text: str, posting: Posting, *, by: Person) -> list[Person]:
    if not text.strip():
        raise Invalid(_("Write something first."), field="text")
    if len(text) > LONGEST:
        raise Invalid(_("A note has at most %(most)s characters.", most=LONGEST), field="text")
    if "@" not in text:
        return []
    people = {person.id: person for person in mentionable(posting)}
    found = mentioned(text, handles((person.id, person.name, person.email) for person in people.values()))
    if found.unknown:
        raise Invalid(_("Nobody who sees this application is called “%(name)s”, so they cannot be mentioned.", name=found.unknown[0]), field="text")
    if found.ambiguous:
        sentence = _("More than one person answers to “%(name)s”. Write the whole name or the e-mail address after the @.", name=found.ambiguous[0])
        raise Invalid(sentence, field="text")
    return [people[key] for key in found.keys if key != by.id]


def _insist(note: Note, by: Person) -> None:
    if note.author_id != by.id:
        raise NotAllowed(_("Only its author changes or withdraws a note."))
    if note.withdrawn_at is not None:
        raise WrongState(_("This note has been withdrawn."))


def _record(name: str, note: Note, by: Person, before: str) -> None:
    mentions = [mention.person_id for mention in note.mentions]
    record(
        name, note, by=by, person=note.application.candidate.person, changes={"mentions": mentions}, personal={"before": before, "after": note.text}
    )
