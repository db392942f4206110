"""What was approved compared with what is wanted: pure."""

import hashlib
import json
from typing import Any, Protocol

PAY = ("salary_from", "salary_to", "currency", "salary_period")
APPROVED = (*PAY, "budget")
NAMED = ("job_role_id", "department_id", "location_id", "hiring_manager_id", "reason")


class Paid(Protocol):
    """Something with a range of pay."""

    @property
    def salary_from(self) -> int | None: ...

    @property
    def salary_to(self) -> int | None: ...

    @property
    def currency(self) -> str: ...

    @property
    def salary_period(self) -> Any: ...


def is_within(wanted: Paid, band: Paid) -> bool:
    """Whether a range of pay lies within the band. A band without an end is open there; a range must say what the band says."""
    if (wanted.currency, wanted.salary_period) != (band.currency, band.salary_period):
        return wanted.salary_from is None and wanted.salary_to is None
    amounts = [amount for amount in (wanted.salary_from, wanted.salary_to) if amount is not None]
    floor, ceiling = band.salary_from or 0, band.salary_to
    return all(floor <= amount and (ceiling is None or amount <= ceiling) for amount in amounts)


def changes_of(before: Any, after: dict[str, Any]) -> list[str]:
    """Which of the approved terms would change."""
    return [name for name in APPROVED if getattr(before, name) != after[name]]


def hash_of(requisition: Any) -> str:
    """A hash of everything that is approved. Needs `openings` to be loaded."""
    terms = {name: str(getattr(requisition, name)) for name in (*APPROVED, *NAMED)}
    terms["openings"] = str(sorted(opening.starts_on.isoformat() for opening in requisition.openings if opening.state != "cancelled"))
    return hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()
