"""What the summary of a pack adds up, part by part. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from training.compliance.standing import IN_ORDER, OPEN, Standing
from training.evidence.records import Record

EXCEPTIONS_SHOWN = 300  # lines of the list in the PDF; all of them are in the CSV
BAD = frozenset(OPEN - {Standing.EXPIRING, Standing.DUE_SOON, Standing.IN_PROGRESS, Standing.NOT_STARTED})


@dataclass
class Tally:
    """Counts by rule and department, the versions taken, and who stands out."""

    people: int = 0
    left: int = 0
    requirements: int = 0
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    departments: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    versions: Counter[str] = field(default_factory=Counter)
    exceptions: list[list[Any]] = field(default_factory=list)  # name, department, course, rule, state, due or valid until
    exemptions: list[list[Any]] = field(default_factory=list)  # name, course, from, until, reason, approved by, instant
    exceptions_count: int = 0
    exemptions_count: int = 0

    def add(self, record: Record, *, until: str) -> None:
        """Count one person."""
        self.people += 1
        self.left += record["judged_on"] != until
        place = self.departments[record["department"]]
        place["people"] += 1
        taken: dict[str, tuple[str, bool]] = {}  # several rules may ask for the same course: each completion is one
        freed: dict[str, list[Any]] = {}
        for one in record["requirements"]:
            state = Standing(one["state"])
            self.requirements += 1
            self.rules[one["rule_id"]][state.value] += 1
            place["required"] += 1
            place["in_order"] += state in IN_ORDER
            taken |= {done["id"]: (done["version_id"], not done["withdrawn_at"]) for done in one["completions"]}
            if state in BAD:
                day = one["due_on"] or one["valid_until"]
                self.exceptions_count += 1
                self.exceptions.append([record["name"], record["department"], one["course"], one["rule"], state.value, day])
            titles = {course["code"]: course["course"] for course in one["courses"]}
            for free in one["exemptions"]:
                approved = [free["approved_by"], free["recorded_at"], free["taken_back_at"]]
                freed[free["id"]] = [record["name"], titles[free["course_code"]], free["from"], free["until"], free["reason"], *approved]
        self.exemptions_count += len(freed)
        self.exemptions.extend(freed.values())
        for version, still_counts in taken.values():
            self.versions[version] += still_counts  # the version is told even if nothing taken of it still counts
        del self.exceptions[EXCEPTIONS_SHOWN:], self.exemptions[EXCEPTIONS_SHOWN:]

    def plain(self) -> dict[str, Any]:
        """What JSON can hold."""
        return {
            name: {key: dict(value) if isinstance(value, Counter) else value for key, value in told.items()} if isinstance(told, dict) else told
            for name, told in vars(self).items()
        }


def added_up(parts: Iterable[dict[str, Any]]) -> Tally:
    """The tallies of all parts as one."""
    whole = Tally()
    for part in parts:
        for name in ("people", "left", "requirements", "exceptions_count", "exemptions_count"):
            setattr(whole, name, getattr(whole, name) + part[name])
        for key, states in part["rules"].items():
            whole.rules[key].update(states)
        for key, counts in part["departments"].items():
            whole.departments[key].update(counts)
        whole.versions.update(part["versions"])
        for name in ("exceptions", "exemptions"):
            listed = getattr(whole, name)
            listed.extend(part[name][: EXCEPTIONS_SHOWN - len(listed)])
    return whole
