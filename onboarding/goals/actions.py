"""What happens to goals: proposed by one side, agreed on by the other, changed only in the same way, measured."""

from dataclasses import asdict, dataclass
from datetime import date

from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from onboarding.circle import Circle
from onboarding.goals.figures import Parsed
from onboarding.goals.models import WORKFLOW, Actual, Goal, GoalState, GoalVersion, Kpi
from onboarding.goals.queries import agreed_weight, find_actual, get_goals_circle, goals_of, hold_goals, measured_days, weight_together
from onboarding.reviews.models import Side
from onboarding.reviews.policy import side_of

WHOLE = 100


@dataclass(frozen=True)
class Smart:
    """A goal: specific, measurable, attainable, relevant, with a day. Figures are hundredths of the unit."""

    specific: str
    kpi: Kpi
    unit: str
    target: int
    attainable: str
    relevant: str
    due_on: date
    weight: int
    start: int | None = None
    lower_is_better: bool = False


def propose_goal(person: Person, smart: Smart, *, by: Person) -> Goal:
    """Propose a goal; it counts once the other side agrees."""
    circle, side = _side(person, by)
    _insist_on_smart(smart)
    goal = Goal(person_id=circle.person.id, state=GoalState.PROPOSED, versions=[], actuals=[])
    goal.person = circle.person
    session.add(goal)
    session.flush()
    _propose(goal, smart, side, by)
    return goal


def propose_change(goal: Goal, smart: Smart | None, *, by: Person) -> None:
    """Propose another wording or figures, or with None to let the goal go. What was agreed on holds until the other side agrees."""
    _circle, side = _side(goal.person, by)
    hold(goal)
    if goal.state is GoalState.ENDED:
        raise WrongState(_("This goal has ended. Propose a new one."))
    if goal.proposal is not None and goal.proposal.proposed_side is not side:
        raise WrongState(_("The other side has proposed something already. Agree or refuse first."))
    if smart is not None:
        _insist_on_smart(smart)
    if goal.proposal is not None:  # one's own earlier proposal makes room
        goal.proposal.refused_at = now()
    _propose(goal, smart, side, by)


def agree_on_goal(goal: Goal, *, number: int, by: Person, reason: str = "") -> None:
    """Agree to what the other side proposed, in the version that was read. The agreed goals weigh at most 100 together, and all that are
    agreed on or proposed exactly 100, unless the manager says why not."""
    _circle, side = _side(goal.person, by)
    hold_goals(goal.person)
    hold(goal)
    proposal = _proposal(goal, number)
    if proposal.proposed_side is side:
        raise NotAllowed(_("The other side agrees to what you have proposed."))
    if not proposal.ends:
        others = agreed_weight(goal.person, besides=goal)
        if others + proposal.weight > WHOLE:
            sentence = _("The agreed goals would weigh %(sum)d together. They may weigh 100: change the weights first.", sum=others + proposal.weight)
            raise Invalid(sentence, field="weight")
        proposal.agreed_reason = _insist_on_whole(goal.person, side, reason)
    proposal.agreed_at, proposal.agreed_by = now(), by
    to = GoalState.ENDED if proposal.ends else GoalState.AGREED
    WORKFLOW.insist(goal.state, to)
    goal.state = to
    session.flush()
    record("onboarding.goal.agreed", goal, by=by, person=goal.person, changes={"number": number, "state": to.value})


def refuse_goal(goal: Goal, *, number: int, reason: str, by: Person) -> None:
    """Refuse what the other side proposed with a reason, or take back one's own."""
    _circle, side = _side(goal.person, by)
    hold(goal)
    proposal = _proposal(goal, number)
    reason = reason.strip()[:1000]
    if proposal.proposed_side is not side and not reason:
        raise Invalid(_("Say why in a sentence."), field="reason")
    proposal.refused_at, proposal.refused_reason = now(), reason
    if goal.state is GoalState.PROPOSED:
        goal.state = GoalState.ENDED
    session.flush()
    record("onboarding.goal.refused", goal, by=by, person=goal.person, changes={"number": number})


def measure(goal: Goal, *, on: date, value: int, by: Person) -> Actual:
    """Write down what was reached on a day. A day has one figure."""
    _insist_on_measurable(goal, by)
    if on > today(by.time_zone):
        raise Invalid(_("This day is still to come."), field="on")
    if find_actual(goal, on) is not None:
        raise Invalid(_("There is a figure for this day already. Remove it first."), field="on")
    actual = Actual(goal_id=goal.id, on=on, value=value, recorded_by_id=by.id)
    session.add(actual)
    session.flush()
    record("onboarding.goal.measured", goal, by=by, person=goal.person, changes={"figures": 1})
    return actual


def take_figures(goal: Goal, parsed: Parsed, *, by: Person) -> int:
    """Write down the figures of a file whose days have none yet; answers how many."""
    _insist_on_measurable(goal, by)
    hold(goal)
    present = measured_days(goal)
    fresh = {on: value for on, value in parsed.values.items() if on not in present}
    session.add_all(Actual(goal_id=goal.id, on=on, value=value, recorded_by_id=by.id) for on, value in sorted(fresh.items()))
    session.flush()
    if fresh:
        record("onboarding.goal.measured", goal, by=by, person=goal.person, changes={"figures": len(fresh)})
    return len(fresh)


def remove_actual(goal: Goal, on: date, *, by: Person) -> None:
    """Take a wrong figure out. Removing it twice changes nothing."""
    _insist_on_measurable(goal, by)
    actual = find_actual(goal, on)
    if actual is not None:
        session.delete(actual)
        session.flush()
        record("onboarding.goal.actual_removed", goal, by=by, person=goal.person, changes={"on": on.isoformat(), "value": actual.value})


def _propose(goal: Goal, smart: Smart | None, side: Side, by: Person) -> None:
    kept = {name: getattr(goal.shown, name) for name in Smart.__dataclass_fields__} if smart is None else asdict(smart)
    number = max((row.number for row in goal.versions), default=0) + 1
    proposal = GoalVersion(goal_id=goal.id, number=number, ends=smart is None, proposed_side=side, **kept)
    proposal.proposed_by = by
    goal.versions.append(proposal)
    session.flush()
    record("onboarding.goal.proposed", goal, by=by, person=goal.person, changes={"number": number, "side": side.value, "ends": proposal.ends})


def _proposal(goal: Goal, number: int) -> GoalVersion:
    proposal = goal.proposal
    if proposal is not None:
        session.refresh(proposal, ["agreed_at", "refused_at"])  # another request may have been quicker
    if proposal is None or not proposal.is_open or proposal.number != number:
        raise WrongState(_("This proposal has changed meanwhile. Reload the page to see where it stands."))
    return proposal


def _insist_on_whole(person: Person, side: Side, reason: str) -> str:
    """The reason why the goals need not weigh 100, empty where they do. Raises Invalid where they do not and the manager gives none."""
    together = weight_together(goals_of(person))
    if together == WHOLE:
        return ""
    said = _("All goals that are agreed on or proposed weigh %(sum)d together, and not 100.", sum=together)
    if side is not Side.MANAGER:
        raise Invalid(f"{said} {_('Propose what is missing or other weights first.')}", field="weight")
    if not reason.strip():
        raise Invalid(f"{said} {_('Propose what is missing or other weights first, or say why you agree all the same.')}", field="reason")
    return reason.strip()[:1000]


def _side(person: Person, by: Person) -> tuple[Circle, Side]:
    circle = get_goals_circle(person.public_id, viewer=by)
    side = side_of(circle)
    if side is None:
        raise NotAllowed(_("The new hire and their manager propose goals and agree on them."))
    return circle, side


def _insist_on_measurable(goal: Goal, by: Person) -> None:
    _side(goal.person, by)
    if goal.state is not GoalState.AGREED:
        raise WrongState(_("Figures are written down for goals that are agreed on."))


def _insist_on_smart(smart: Smart) -> None:
    for name, sentence in (
        ("specific", _("Say what is to be reached.")),
        ("unit", _("Name the unit, such as percent or clients.")),
        ("attainable", _("Say why it can be reached.")),
        ("relevant", _("Say what it is good for.")),
    ):
        if not one_line(getattr(smart, name)):
            raise Invalid(sentence, field=name)
    if smart.due_on < today():
        raise Invalid(_("This day is past. Choose a later one."), field="due_on")
    if not 1 <= smart.weight <= WHOLE:
        raise Invalid(_("A goal weighs from 1 to 100."), field="weight")
    if smart.start == smart.target:
        raise Invalid(_("The target is where it starts already."), field="target")
