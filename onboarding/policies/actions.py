"""Publishing policies and acknowledging them."""

import hashlib

from core.audit.record import record
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.jobs.queue import enqueue
from core.people.actions import one_line
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from onboarding.policies.models import Acknowledgement, Policy, PolicyVersion
from onboarding.policies.queries import find_acknowledgement, title_is_taken, version_in_force


def write_policy(*, title: str, text: str, language: str, by: Person | None) -> Policy:
    """Publish a new policy as its first version."""
    _insist_on_writer(by)
    title = one_line(title)
    if not title:
        raise Invalid(_("A title is needed."), field="title")
    if title_is_taken(title):
        raise Invalid(_("There is a policy with this title already."), field="title")
    policy = Policy(title=title, language=language, number=0)
    session.add(policy)
    session.flush()
    _publish(policy, text=text, summary="", by=by)
    return policy


def publish_version(policy: Policy, *, text: str, summary: str, number: int, by: Person | None, asks_again: bool = True) -> PolicyVersion:
    """Publish a new text; `number` is the version the writer began from. Raises Conflict when there is a newer one by now.

    With `asks_again`, those who had to acknowledge an earlier text are asked to acknowledge this one.
    """
    _insist_on_writer(by)
    if policy.number != number:
        raise Conflict(_("Somebody else published a newer version in the meantime. What you typed is still here: compare, then publish again."))
    if version_in_force(policy.id).text == text:
        raise Invalid(_("The text is the same as in the version in force."), field="text")
    edition = _publish(policy, text=text, summary=summary, by=by, asks_again=asks_again)
    if asks_again:
        enqueue("onboarding.reopen_what_lapsed")
    return edition


def _publish(policy: Policy, *, text: str, summary: str, by: Person | None, asks_again: bool = True) -> PolicyVersion:
    if not text.strip():
        raise Invalid(_("A policy needs a text."), field="text")
    policy.number += 1
    edition = PolicyVersion(
        policy_id=policy.id,
        number=policy.number,
        text=text,
        summary=summary,
        sha256=hash_of(text),
        asks_again=asks_again,
        published_by_id=by.id if by else None,
    )
    session.add(edition)
    session.flush()
    record("onboarding.policy.published", edition, by=by, changes={"number": edition.number, "sha256": edition.sha256})
    return edition


def hash_of(text: str) -> str:
    """What a version is known by: SHA-256 of its text."""
    return hashlib.sha256(text.encode()).hexdigest()


def acknowledge_policy(policy_id: int, *, typed_name: str, sha256: str, by: Person) -> Acknowledgement:
    """Keep the person's word that they read the version with this hash. Raises Conflict when it is no longer the newest, Invalid for another name."""
    current = version_in_force(policy_id)
    if current.sha256 != sha256:
        raise Conflict(_("A newer version of this policy was published while you were reading. Please read it, then type your name again."))
    if _plain(typed_name) != _plain(by.name):
        raise Invalid(_("Type your name as it is written here: %(name)s.", name=by.name), field="typed_name")
    found = find_acknowledgement(current, by)
    if found is not None:
        return found
    acknowledgement = Acknowledgement(policy_version_id=current.id, person_id=by.id, typed_name=one_line(typed_name), sha256=current.sha256)
    session.add(acknowledgement)
    session.flush()
    changes = {"policy": policy_id, "number": current.number, "sha256": current.sha256}
    record("onboarding.policy.acknowledged", acknowledgement, by=by, person=by, changes=changes, personal={"typed_name": acknowledgement.typed_name})
    return acknowledgement


def _plain(name: str) -> str:
    return one_line(name).casefold()


def _insist_on_writer(by: Person | None) -> None:
    if by is not None and not by.may(Right.RUN_ONBOARDING):
        raise NotAllowed(_("Only human resources publishes policies."))
