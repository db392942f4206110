"""What an address asks of a report: whom and what it looks at, and a standing."""

from collections.abc import Mapping
from dataclasses import fields

from training.compliance.filtering import ComplianceFilter
from training.compliance.standing import Standing

LONGEST = 200


def filter_of(arguments: Mapping[str, str]) -> ComplianceFilter:
    """The filter an address asks for."""
    return ComplianceFilter(**{field.name: arguments.get(field.name, "").strip()[:LONGEST] for field in fields(ComplianceFilter)})


def state_of(arguments: Mapping[str, str]) -> Standing | None:
    """The standing an address asks for; what is none counts as not asked."""
    state = arguments.get("state", "")
    return Standing(state) if state in set(Standing) else None
