"""Giving an auditor access for a time, and ending it early."""

from datetime import date, datetime, timedelta

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.rights import Role
from core.web.i18n import _
from training.auditing import policy, queries
from training.auditing.models import AuditGrant
from training.auditing.scope import Scope

LONGEST = timedelta(days=366)


def give_access(auditor: Person, scope: Scope, *, reason: str, ends_at: datetime, by: Person | None) -> AuditGrant:
    """Let an auditor read within a scope until an instant. What they had before ends with it. (`by` None: the system.)

    Raises NotAllowed without the right or for oneself, Invalid for somebody who is no auditor, without a reason, or for times that make no sense.
    """
    at = now()
    if by is not None and not policy.can_give_access(by, auditor):
        raise NotAllowed(_("Only compliance gives auditors access, and nobody to themselves."))
    role = queries.lock_role(auditor)
    if role is None:
        raise Invalid(_("%(name)s is no auditor. An administrator gives that role first.", name=auditor.name), field="auditor")
    if not reason.strip():
        raise Invalid(_("Say which audit this is for."), field="reason")
    if ends_at <= at:
        raise Invalid(_("The access would have ended already. Name a later day."), field="ends_on")
    if ends_at - at > LONGEST:
        raise Invalid(_("Access is given for a year at most. Give it anew when it ends."), field="ends_on")
    if scope.since is not None and scope.until is not None and scope.until < scope.since:
        raise Invalid(_("The period ends before it begins. Put the earlier day first."), field="period_to")
    for earlier in queries.running_grants(auditor, at=at):
        _end(earlier, by=by, reason=reason.strip())
    grant = AuditGrant(
        auditor_id=auditor.id,
        departments=sorted(map(str, scope.departments)),
        places=sorted(map(str, scope.places)),
        rules=sorted(map(str, scope.rules)),
        regulations=sorted(scope.regulations),
        period_from=scope.since,
        period_to=scope.until,
        reason=reason.strip(),
        given_at=at,
        given_by_id=None if by is None else by.id,
        ends_at=ends_at,
    )
    grant.auditor = auditor
    session.add(grant)
    session.flush()
    role.access_until, role.is_narrow = ends_at, grant.is_narrow
    session.flush()
    record("training.audit_grant.given", grant, by=by, person=auditor, changes=_told(grant), reason=grant.reason)
    return grant


def end_access(grant: AuditGrant, *, reason: str, by: Person) -> None:
    """End an auditor's access before its time. Raises NotAllowed, Invalid without a reason, WrongState when it has ended."""
    if not policy.can_give_access(by, grant.auditor):
        raise NotAllowed(_("Only compliance ends an auditor's access."))
    if not grant.runs(at=now()):
        raise WrongState(_("This access has ended already."))
    if not reason.strip():
        raise Invalid(_("Say why the access ends."), field="reason")
    _end(grant, by=by, reason=reason.strip())
    role = queries.lock_role(grant.auditor)
    if role is not None:
        role.access_until = now()
    session.flush()


def _end(grant: AuditGrant, *, by: Person | None, reason: str) -> None:
    grant.ended_at, grant.ended_by_id = now(), None if by is None else by.id
    record("training.audit_grant.ended", grant, by=by, person=session.get_one(Person, grant.auditor_id), reason=reason)


def _told(grant: AuditGrant) -> dict[str, object]:
    days: tuple[date | None, ...] = (grant.period_from, grant.period_to)
    return {
        "departments": grant.departments,
        "places": grant.places,
        "rules": grant.rules,
        "regulations": len(grant.regulations),
        "period": [None if day is None else day.isoformat() for day in days],
        "ends_at": grant.ends_at.isoformat(timespec="seconds"),
        "role": Role.AUDITOR.value,
    }
