"""Which task waits for which: tasks that do not exist, and circles. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Invalid
from core.web.i18n import _


@dataclass(frozen=True)
class Link:
    """A task by its key, and the keys of those it waits for or is due after."""

    key: str
    title: str
    needs: tuple[str, ...] = ()


def insist_on_sound_links(own: Sequence[Link], others: Iterable[Link], *, field: str = "waits_for") -> None:
    """Raise Invalid when a task of a template needs one that is in no template, or when tasks wait for each other in a circle."""
    titles = {link.key: link.title for link in [*others, *own]}
    for link in own:
        for key in link.needs:
            if key not in titles:
                raise Invalid(_("“%(title)s” waits for “%(key)s”, but there is no task with this key.", title=link.title, key=key), field=field)
    needs: dict[str, set[str]] = {}
    for link in [*others, *own]:
        needs.setdefault(link.key, set()).update(link.needs)
    circle = find_circle(needs, starting=[link.key for link in own])
    if circle:
        names = " → ".join(f"“{titles.get(key, key)}”" for key in circle)
        raise Invalid(_("These tasks wait for each other in a circle, so none could ever begin: %(names)s.", names=names), field=field)


def find_circle(needs: Mapping[str, Iterable[str]], *, starting: Iterable[str]) -> list[str]:
    """The first circle that can be reached, beginning and ending with the same key; empty when there is none."""
    settled: set[str] = set()
    for start in starting:
        trail: list[str] = []
        edges = [iter([start])]
        while edges:
            key = next(edges[-1], None)
            if key is None:
                edges.pop()
                if trail:
                    settled.add(trail.pop())
            elif key in trail:
                return [*trail[trail.index(key) :], key]
            elif key not in settled:
                trail.append(key)
                edges.append(iter(sorted(needs.get(key, ()))))
    return []
