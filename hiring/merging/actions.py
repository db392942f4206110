"""Making two candidates one, undoing it, and saying that they are two. A person does it, never a rule."""

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy import delete, or_, select

from core.audit.record import record
from core.clock import now
from core.db import insert_into, session
from core.errors import Conflict, Invalid, WrongState
from core.people.erasing import is_colleague
from core.people.models import Person
from core.web.dates import instant_text
from core.web.i18n import _
from hiring.applications.models import Candidate
from hiring.merging import mails
from hiring.merging.models import Likeness, LikenessKey, LikenessState, Merge
from hiring.merging.moving import move_all, move_back
from hiring.merging.policy import can_be_undone
from hiring.merging.queries import became_another, conversation_of_both, find_likeness, newest_applications, side_of
from hiring.search.asking import ask_for_index

CONTACT = ("name", "email", "phone")


def leader_of(one: Candidate, other: Candidate) -> tuple[Candidate, Candidate]:
    """Who is kept and who goes: who works here or was hired is kept, else who applied first. Raises Conflict when both were hired."""
    works = {each.id: is_colleague(each.person) or side_of(each).is_hired for each in (one, other)}
    if all(works.values()):
        raise Conflict(_("Both were hired here. Two colleagues are not made one: write to an administrator."))
    first, second = sorted((one, other), key=lambda each: (not works[each.id], each.id))
    return first, second


def insist_on_two(one: Candidate, other: Candidate) -> None:
    """Raise Conflict when two candidates cannot be made one, with what to do."""
    if one.id == other.id:
        raise Conflict(_("These two applications belong to one candidate already."))
    if met := conversation_of_both(one.person, other.person):
        at = instant_text(met.starts_at)
        raise Conflict(_("Both have a conversation on %(at)s. If they are one person, move or cancel one of the two first.", at=at))


def merge_candidates(one: Candidate, other: Candidate, *, contact: Mapping[str, str], reason: str, by: Person) -> Merge:
    """Make two candidates one: applications, files, mails, messages and tags move to the one who is kept; both loaded with `person`.

    `contact` holds the name, email and phone to go on with: each one of theirs. That `by` sees all of both is settled by the
    query that loaded them. Raises Conflict when they cannot be made one, Invalid without a reason or with foreign contact data.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say how you know that they are one person."), field="reason")
    locked = session.scalars(select(Candidate).where(Candidate.id.in_({one.id, other.id})).order_by(Candidate.id).with_for_update()).all()
    if any(became_another(each) for each in locked):
        raise Conflict(_("A colleague has made them one already."))
    insist_on_two(one, other)
    kept, gone = leader_of(one, other)
    before, after = _contact_of(kept), _chosen(contact, kept, gone)
    if is_colleague(kept.person):
        after = before
    told = gone.person if gone.person.email.casefold() != after["email"].casefold() else None
    moved = move_all(gone=gone, kept=kept)
    _write_contact(kept, after)
    _forget_likeness(gone)
    if (pair := find_likeness(one, other)) is not None:
        session.delete(pair)
    merge = Merge(kept=kept, gone=gone, reason=reason, contact_before=before, contact_after=after, moved=moved, merged_by=by)
    session.add(merge)
    session.flush()
    changes = {"kept": kept.id, "gone": gone.id, "applications": moved["hiring_application.candidate_id"]}
    personal = {field: value for field, value in after.items() if value != before[field]}
    record("hiring.candidate.merged", merge, by=by, person=kept.person, changes=changes, personal=personal, reason=reason)
    record("hiring.candidate.became_another", merge, by=by, person=gone.person, changes=changes)
    if told is not None:
        mails.applications_joined(told)
    ask_for_index(*newest_applications([kept.id])[kept.id])
    return merge


def undo_merge(merge: Merge, *, by: Person) -> None:
    """Make two of what was made one: what moved goes back, and they count as two from now on. Needs both candidates with `person`.

    Raises WrongState when it was undone, is too long ago, or one of them was merged on.
    """
    session.refresh(merge, attribute_names=["undone_at", "moved"], with_for_update=True)
    if merge.undone_at is not None:
        raise WrongState(_("This has been undone already."))
    if not can_be_undone(merge):
        raise WrongState(_("What was made one is made two again within 30 days. That time is over."))
    kept, gone = merge.kept, merge.gone
    if became_another(kept):
        raise WrongState(_("This candidate has been made one with another since. Undo that first."))
    move_back(merge.moved, gone=gone, kept=kept)
    now_is = _contact_of(kept)
    _write_contact(kept, {field: merge.contact_before[field] if now_is[field] == merge.contact_after[field] else now_is[field] for field in CONTACT})
    merge.undone_at, merge.undone_by_id = now(), by.id
    merge.contact_before, merge.contact_after = {}, {}
    _say_that_they_differ(kept, gone, reason=_("What was made one was undone."), by=by)
    session.flush()
    record("hiring.candidate.merge_undone", merge, by=by, person=kept.person, changes={"kept": kept.id, "gone": gone.id})
    both = newest_applications([kept.id, gone.id])
    ask_for_index(*both[kept.id], *both[gone.id])


def say_that_they_differ(one: Candidate, other: Candidate, *, reason: str, by: Person) -> None:
    """Remember that two candidates are two persons, so that nobody is asked again. Raises Conflict for one and the same."""
    if one.id == other.id:
        raise Conflict(_("These two applications belong to one candidate already."))
    likeness = _say_that_they_differ(one, other, reason=reason.strip(), by=by)
    for candidate in (one, other):
        record("hiring.candidate.told_apart", likeness, by=by, person=candidate.person, changes={"pair": [one.id, other.id]}, reason=reason.strip())


def _say_that_they_differ(one: Candidate, other: Candidate, *, reason: str, by: Person) -> Likeness:
    earlier, later = sorted((one.id, other.id))
    insert = insert_into(Likeness).values(
        public_id=uuid4(), earlier_id=earlier, later_id=later, grounds=[], state=LikenessState.OPEN, reason="", noticed_at=now()
    )
    session.execute(insert.on_conflict_do_nothing(index_elements=["earlier_id", "later_id"]))
    likeness = find_likeness(one, other)
    assert likeness is not None
    likeness.state, likeness.reason, likeness.decided_at, likeness.decided_by_id = LikenessState.DIFFERENT, reason, now(), by.id
    session.flush()
    return likeness


def _contact_of(candidate: Candidate) -> dict[str, str]:
    return {field: getattr(candidate.person, field) for field in CONTACT}


def _chosen(contact: Mapping[str, str], kept: Candidate, gone: Candidate) -> dict[str, str]:
    for field in CONTACT:
        if contact[field] not in (getattr(kept.person, field), getattr(gone.person, field)):
            raise Invalid(_("Choose what one of the two told us."), field=field)
    return {field: contact[field] for field in CONTACT}


def _write_contact(candidate: Candidate, contact: Mapping[str, str]) -> None:
    for field in CONTACT:
        setattr(candidate.person, field, contact[field])
    candidate.email = contact["email"].casefold()
    session.flush()


def _forget_likeness(candidate: Candidate) -> None:
    """Forget by what a candidate was recognised: from now on that is the other's."""
    session.execute(delete(LikenessKey).where(LikenessKey.candidate_id == candidate.id))
    pairs = or_(Likeness.earlier_id == candidate.id, Likeness.later_id == candidate.id)
    session.execute(delete(Likeness).where(pairs, Likeness.state == LikenessState.OPEN))
