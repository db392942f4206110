"""The few figures of compliance that stand on the home page of those who answer for it."""

from collections.abc import Mapping
from datetime import date

from core.people.models import Person
from core.people.rights import Right
from training.auditing.sight import is_auditor
from training.compliance import policy
from training.compliance.filtering import ComplianceFilter
from training.compliance.queries import keys_that_fit
from training.compliance.standing import Standing
from training.standings.queries import count_people

URGENT = (Standing.OVERDUE, Standing.EXPIRED, Standing.DUE_SOON)


def urgent_people(viewer: Person, *, on: date) -> Mapping[Standing, int] | None:
    """How many of those the viewer answers for are late with something or soon will be: everybody for compliance, their own people for managers.

    Read from the index in one statement. None where there is nothing to tell: for those who answer for nobody, for auditors, for managers of whose
    people nobody is late, and while the index is being made.
    """
    if not viewer.may(Right.SEE_TEAM_COMPLIANCE) or is_auditor(viewer):
        return None
    found = count_people(URGENT, on=on, among=keys_that_fit(viewer, ComplianceFilter(), on=on))
    return found if found is not None and (policy.sees_everybody(viewer) or any(found.values())) else None
