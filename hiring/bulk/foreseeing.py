"""What will happen to each application of a bulk action, as far as one can tell before. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.web.i18n import _
from hiring.applications.models import ApplicationState
from hiring.applications.policy import can_enter_by_hand
from hiring.blind.naming import name_shown
from hiring.bulk.models import BulkKind
from hiring.postings.models import Stage
from hiring.stages.steps import Shown, missing_on_the_way


@dataclass(frozen=True)
class Chosen:
    """An application that was chosen, as it stands now."""

    key: int
    public_id: UUID
    posting_key: int
    posting: str
    name: str
    names_hidden: bool
    stage_key: int
    state: ApplicationState
    is_erased: bool
    has_offer: bool  # one that was sent
    references: int
    changed: bool  # since it was chosen

    @property
    def shown_name(self) -> str:
        """What staff call the candidate."""
        return name_shown(self.name, self.public_id, self.names_hidden)


@dataclass(frozen=True)
class Foreseen:
    """What will happen to one: where it goes, or why nothing happens."""

    chosen: Chosen
    stage: str
    to_stage: str
    why_not: str


def next_stage(stages: Sequence[Stage], present_key: int) -> Stage | None:
    """The stage after this one, if a colleague may move somebody there."""
    here = [place for place, stage in enumerate(stages) if stage.id == present_key]
    later = stages[here[0] + 1] if here and here[0] + 1 < len(stages) else None
    return later if later is not None and can_enter_by_hand(later.kind) else None


def foresee(kind: BulkKind, chosen: Chosen, *, stages: Sequence[Stage], target: Stage | None, shown: Shown) -> Foreseen:
    """What a bulk action will do to one application. `stages` are its posting's, in order; without `target` it goes to its next one."""
    present = next((stage for stage in stages if stage.id == chosen.stage_key), None)
    goes_to = (target or next_stage(stages, chosen.stage_key)) if kind is BulkKind.ADVANCE else None
    why_not = _why_not(kind, chosen, present=present, goes_to=goes_to, stages=stages, shown=shown)
    return Foreseen(chosen, present.name if present else "", goes_to.name if goes_to and not why_not else "", why_not)


def _why_not(kind: BulkKind, chosen: Chosen, *, present: Stage | None, goes_to: Stage | None, stages: Sequence[Stage], shown: Shown) -> str:
    if chosen.is_erased and kind is not BulkKind.EXPORT:
        return str(_("The candidate had their data deleted."))
    if kind not in (BulkKind.ADVANCE, BulkKind.DECLINE):
        return ""
    if chosen.state is not ApplicationState.ACTIVE:
        return str(_("This application has been decided already."))
    if chosen.changed:
        return str(_("Somebody changed it after it was chosen. Open it to see where it stands."))
    if kind is BulkKind.DECLINE:
        return str(_("An offer is out to this candidate. Withdraw it first, or wait for the answer.")) if chosen.has_offer else ""
    if goes_to is None or present is None:
        return str(_("No stage follows to which somebody is moved by hand."))
    if goes_to.posting_id != chosen.posting_key:
        return str(_("That stage belongs to another posting."))
    if goes_to.id == present.id:
        return str(_("It is in this stage already."))
    if goes_to.position < present.position:
        return ""
    return " ".join(missing_on_the_way(stages, present, goes_to, shown))
