"""Words for development."""

from typing import Any

from core.web.i18n import _l
from onboarding.development.models import MeansKind

MEANS: dict[MeansKind, Any] = {
    MeansKind.COURSE: _l("Course"),
    MeansKind.SHADOWING: _l("Shadowing"),
    MeansKind.GOAL: _l("Goal"),
    MeansKind.OTHER: _l("Something else"),
}
LEVELS: dict[str, Any] = {
    "1": _l("1: knows of it"),
    "2": _l("2: does it with help"),
    "3": _l("3: does it alone"),
    "4": _l("4: does it well in hard cases"),
    "5": _l("5: teaches it"),
}
USUAL: list[tuple[Any, Any]] = [
    (_l("Advising clients"), _l("Understands what a client needs and explains what fits.")),
    (_l("Opening new business"), _l("Finds and wins clients who were not here before.")),
    (_l("Handling objections"), _l("What the client doubts, what the mentor asks before answering, how it ends.")),
    (_l("Products and risk"), _l("Knows the products and when not to sell them.")),
    (_l("Leading people"), _l("Sets goals, gives feedback, helps others grow.")),
    (_l("Steering by figures"), _l("Plans and decides by the figures of a team.")),
]
