"""Handing a posting over. Who sees it and whose turn it is follow; seats in interviews and approvals under way stay as they are."""

from core.audit.record import record
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.models import Person
from core.web.i18n import _
from hiring.handing_over import mails, policy
from hiring.handing_over.queries import hiring_managers, recruiters
from hiring.postings.models import MemberPart, Posting, PostingMember
from hiring.postings.queries import lock_posting
from hiring.publishing.actions import note_in_history


def hand_over(posting: Posting, *, recruiter: Person, hiring_manager: Person, reason: str, by: Person, version: int) -> None:
    """Name another recruiter, another hiring manager, or both. Who takes over and who gives up are told, except who does it.

    Raises Invalid for who cannot take it or where nothing changes, Conflict when somebody else changed the posting since `version`.
    """
    _insist(policy.can_hand_over(by, posting))
    lock_posting(posting)
    _insist(policy.can_hand_over(by, posting))
    if posting.version != version:
        raise Conflict(_("Somebody else changed this posting in the meantime. Reload the page to see who runs it now."))
    before = posting.recruiter, posting.hiring_manager
    if (recruiter.id, hiring_manager.id) == (before[0].id, before[1].id):
        raise Invalid(_("Choose another recruiter or another hiring manager."), field="recruiter")
    if not reason.strip():
        raise Invalid(_("Say why it is handed over."), field="reason")
    if recruiter.id != before[0].id and recruiter.id not in {person.id for person in recruiters()}:
        raise Invalid(_("Choose somebody who writes postings."), field="recruiter")
    if hiring_manager.id != before[1].id and hiring_manager.id not in {person.id for person in hiring_managers()}:
        raise Invalid(_("Choose somebody who approves postings."), field="hiring_manager")
    _put(posting, MemberPart.RECRUITER, before[0], recruiter)
    _put(posting, MemberPart.HIRING_MANAGER, before[1], hiring_manager)
    posting.recruiter_id, posting.hiring_manager_id = recruiter.id, hiring_manager.id
    note_in_history(posting, _told(before, (recruiter, hiring_manager), reason.strip()), by=by)
    session.expire(posting, ["recruiter", "hiring_manager"])
    changes = {"recruiter": [before[0].id, recruiter.id], "hiring_manager": [before[1].id, hiring_manager.id]}
    record("hiring.posting.handed_over", posting, by=by, changes=changes, reason=reason.strip())
    for person in {person.id: person for person in (recruiter, hiring_manager, *before)}.values():
        if person.id != by.id:
            mails.posting_handed_over(posting, recruiter=recruiter, hiring_manager=hiring_manager, to=person, by=by, reason=reason.strip())


def _put(posting: Posting, part: MemberPart, before: Person, after: Person) -> None:
    if before.id == after.id:
        return
    for member in [member for member in posting.members if member.part is part and member.person_id in (before.id, after.id)]:
        posting.members.remove(member)
    session.flush()
    posting.members.append(PostingMember(person_id=after.id, part=part))
    session.flush()


def _told(before: tuple[Person, Person], after: tuple[Person, Person], reason: str) -> str:
    names = [_("%(before)s to %(after)s", before=old.name, after=new.name) for old, new in zip(before, after, strict=True) if old.id != new.id]
    return str(_("Handed over from %(whom)s: %(reason)s", whom=", ".join(names), reason=reason))


def _insist(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("Recruiters and administrators hand postings over, from their approval until they are archived."))
