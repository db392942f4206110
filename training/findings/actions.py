"""Raising findings, acting on them, closing and reopening them."""

from datetime import date

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, NotFound
from core.people.models import Person
from core.people.queries import employments_of
from core.web.i18n import _
from training.auditing.sight import scope_of, sees_course, sees_person
from training.catalogue.models import Course
from training.findings import policy, queries
from training.findings.models import WORKFLOW, AuditFinding, FindingMove, FindingState, Severity
from training.requirements.models import Rule


def raise_finding(
    text: str,
    *,
    severity: Severity,
    owner: Person | None,
    due_on: date,
    today: date,
    by: Person,
    person: Person | None = None,
    course: Course | None = None,
    rule: Rule | None = None,
) -> AuditFinding:
    """Raise a finding for somebody to put right by a day. Raises NotAllowed, Invalid, and NotFound for what lies outside an auditor's scope."""
    if not policy.can_raise(by):
        raise NotAllowed(_("Only compliance and auditors raise findings."))
    if not text.strip():
        raise Invalid(_("Say what was found."), field="text")
    if owner is None or not employments_of(owner):
        raise Invalid(_("Name a colleague who puts it right."), field="owner")
    if due_on < today:
        raise Invalid(_("That day has passed already. Give the owner until today or later."), field="due_on")
    if (person is not None and not sees_person(by, person.id)) or (course is not None and not sees_course(by, course.id, on=today)):
        raise NotFound
    scope = scope_of(by)
    finding = AuditFinding(
        number=queries.next_number(),
        text=text.strip(),
        severity=severity,
        person_id=None if person is None else person.id,
        course_id=None if course is None else course.id,
        rule_id=None if rule is None else rule.id,
        owner_id=owner.id,
        due_on=due_on,
        raised_by_id=by.id,
        grant_id=None if scope is None else scope.grant,
    )
    session.add(finding)
    session.flush()
    session.add(FindingMove(finding_id=finding.id, to_state=finding.state, by_id=by.id))
    changes = {"number": finding.number, "severity": severity.value, "owner": owner.id, "due_on": due_on.isoformat()}
    record("training.audit_finding.raised", finding, by=by, person=person, changes=changes)
    return finding


def act_on(finding: AuditFinding, *, text: str, by: Person) -> None:
    """Say what was done about a finding. Raises NotAllowed unless one owns it, WrongState, Invalid without a word."""
    WORKFLOW.insist(finding.state, FindingState.ACTED_ON, sentence=_("This finding is not open, so there is nothing to act on."))
    if not policy.can_act(by, finding):
        raise NotAllowed(_("Only its owner says what was done about a finding."))
    _move(finding, FindingState.ACTED_ON, text=text, by=by, missing=_("Say what was done."))
    record("training.audit_finding.acted_on", finding, by=by, changes={"number": finding.number})


def close(finding: AuditFinding, *, text: str, by: Person) -> None:
    """Close a finding, with a reason. Raises NotAllowed for its owner, WrongState when it is closed, Invalid without a reason."""
    WORKFLOW.insist(finding.state, FindingState.CLOSED, sentence=_("This finding is closed already."))
    if not policy.can_close(by, finding):
        raise NotAllowed(_("Its owner does not close a finding: somebody else from compliance or the audit does."))
    _move(finding, FindingState.CLOSED, text=text, by=by, missing=_("Say why it can be closed."))
    record("training.audit_finding.closed", finding, by=by, changes={"number": finding.number}, reason=text.strip())


def reopen(finding: AuditFinding, *, text: str, by: Person) -> None:
    """Open a finding again, with a reason. Raises as `close` does."""
    WORKFLOW.insist(finding.state, FindingState.OPEN, sentence=_("This finding is open already."))
    if not policy.can_reopen(by, finding):
        raise NotAllowed(_("Its owner does not open a finding again: somebody else from compliance or the audit does."))
    _move(finding, FindingState.OPEN, text=text, by=by, missing=_("Say why it is opened again."))
    record("training.audit_finding.reopened", finding, by=by, changes={"number": finding.number}, reason=text.strip())


def _move(finding: AuditFinding, to: FindingState, *, text: str, by: Person, missing: str) -> None:
    if not text.strip():
        raise Invalid(missing, field="text")
    session.add(FindingMove(finding_id=finding.id, from_state=finding.state, to_state=to, text=text.strip(), by_id=by.id))
    finding.state, finding.closed_at = to, now() if to is FindingState.CLOSED else None
    session.flush()
