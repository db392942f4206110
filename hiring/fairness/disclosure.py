"""Which figures of groups may be shown so that nobody's answers can be reckoned from them, however pages are set against each other. Pure.

What can be looked at lies in one tree: the company, in it departments, in them job roles. No two views overlap but one within the other,
so figures can only be subtracted along the tree, and there it is seen to that what is left is never few.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hiring.fairness.analysis import Group
from hiring.fairness.groups import UNDECLARED

SMALLEST_GROUP = 5
Place = tuple[int, ...]  # in the tree: nothing, a department, a department and a job role
COMPANY: Place = ()


@dataclass(frozen=True)
class Shown:
    """Groups that may be shown, the names of those that may not, and how many told nothing (None where that would give others away)."""

    groups: tuple[Group, ...] = ()
    hidden: tuple[str, ...] = ()
    undeclared: int | None = None

    @property
    def names(self) -> frozenset[str]:
        """The answers whose figures may be shown."""
        return frozenset(group.name for group in self.groups)


@dataclass
class _Table:
    """The figures of one gate and question, by place and answer."""

    answers: Sequence[str]
    counts: dict[Place, dict[str, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))
    within: dict[Place, set[Place]] = field(default_factory=lambda: defaultdict(set))

    def decided(self, place: Place, names: Iterable[str]) -> int:
        return sum(self.counts[place].get(name, (0, 0))[0] for name in names)


def disclosed(
    counted: Iterable[tuple[int, int, Group]], answers: Sequence[str], *, earlier: Mapping[Place, Shown] | None = None
) -> dict[Place, Shown]:
    """What may be shown at each place, of the groups of one question at one gate in one period.

    `counted` comes by department and job role. What was hidden at the gate before (`earlier`) stays hidden: who passed it is known there.
    """
    table = _Table(answers)
    for department, role, group in counted:
        for place in (COMPANY, (department,), (department, role)):
            decided, passed = table.counts[place].get(group.name, (0, 0))
            table.counts[place][group.name] = (decided + group.decided, passed + group.passed)
        table.within[COMPANY].add((department,))
        table.within[(department,)].add((department, role))
    names: dict[Place, set[str]] = {}
    for place in sorted(table.counts, key=lambda place: (len(place), place)):
        if place == COMPANY:
            names[place] = _of_a_place(table, place, _allowed(earlier, place, answers))
        parts = sorted(table.within[place])
        for part in parts:
            names[part] = _of_a_place(table, part, names[place] & _allowed(earlier, part, answers))
        for answer in sorted(names[place]):
            _leave_enough(table, answer, parts, names)
    return {place: _shown(table, place, names[place], first=earlier is None) for place in table.counts}


def _allowed(earlier: Mapping[Place, Shown] | None, place: Place, answers: Sequence[str]) -> set[str]:
    return set(answers) if earlier is None else set(earlier.get(place, Shown()).names)


def _of_a_place(table: _Table, place: Place, allowed: set[str]) -> set[str]:
    """The large groups; one less where those left out would be few together with who told nothing."""
    shown = {name for name in allowed if table.decided(place, [name]) >= SMALLEST_GROUP}
    while shown and 0 < table.decided(place, set(table.answers) - shown) < SMALLEST_GROUP - table.decided(place, [UNDECLARED]):
        shown.remove(min(shown, key=lambda name: (table.decided(place, [name]), name)))
    return shown


def _leave_enough(table: _Table, answer: str, parts: Sequence[Place], names: dict[Place, set[str]]) -> None:
    """Where some parts of a place do not show the answer, the whole less those that do must not be few."""
    hidden = [part for part in parts if answer not in names[part]]
    shown = sorted((part for part in parts if answer in names[part]), key=lambda part: (table.decided(part, [answer]), part))
    while hidden and shown and (len(hidden) < 2 or sum(table.decided(part, [answer]) for part in hidden) < SMALLEST_GROUP):
        hidden.append(shown.pop(0))
        names[hidden[-1]].remove(answer)


def _shown(table: _Table, place: Place, names: set[str], *, first: bool) -> Shown:
    hidden = [name for name in table.answers if name not in names]
    groups = tuple(Group(name, *table.counts[place][name]) for name in sorted(names))
    left = table.decided(place, hidden)
    enough = not left or (place == COMPANY and left >= SMALLEST_GROUP)
    silent = table.decided(place, [UNDECLARED]) if first and enough else None
    return Shown(groups, tuple(hidden), silent)


def together(periods: Sequence[Shown]) -> Shown:
    """The figures of several periods as one. Only what is shown in each of them is added up, so that it tells nothing they do not."""
    if not periods:
        return Shown()
    names = frozenset.intersection(*(shown.names for shown in periods))
    added: dict[str, Group] = {}
    for group in (group for shown in periods for group in shown.groups if group.name in names):
        before = added.get(group.name, Group(group.name, 0, 0))
        added[group.name] = Group(group.name, before.decided + group.decided, before.passed + group.passed)
    hidden = dict.fromkeys(name for shown in periods for name in (*shown.hidden, *sorted(shown.names)) if name not in names)
    silent = [shown.undeclared for shown in periods if shown.undeclared is not None]
    return Shown(tuple(added[name] for name in sorted(names)), tuple(hidden), sum(silent) if len(silent) == len(periods) else None)
