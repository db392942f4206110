"""Drawing a sample, and checking its lines."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed
from core.people.models import Person
from core.web.i18n import _
from training.auditing.sight import insist_on_day, scope_of
from training.compliance.filtering import ComplianceFilter
from training.compliance.moment import Moment
from training.sampling import policy
from training.sampling.drawing import draw, population_hash
from training.sampling.models import AuditSample, SampleLine, Stratum, Verdict
from training.sampling.queries import Population

LARGEST = 500


def draw_sample(
    purpose: str,
    wanted: ComplianceFilter,
    *,
    size: int,
    stratified_by: Stratum,
    on: date,
    today: date,
    by: Person,
    seed: str = "",
    rule: str = "",
    regulation: str = "",
    named: Mapping[str, str] | None = None,
) -> AuditSample:
    """Draw lines at random. Without a seed one is made; with one, the same population gives the same lines.

    Raises NotAllowed, NotFound for a day outside one's scope, Invalid for a size or day that makes no sense.
    """
    if not policy.can_sample(by):
        raise NotAllowed(_("Only compliance and auditors draw samples."))
    insist_on_day(by, on)
    if not purpose.strip():
        raise Invalid(_("Say what the sample is for."), field="purpose")
    if on > today:
        raise Invalid(_("Nothing is known of that day yet. Choose today or an earlier day."), field="on_day")
    population = Population(by, wanted, moment=Moment(on), stratum=stratified_by, rule=rule, regulation=regulation)
    if not population.units:
        raise Invalid(_("The filter fits nobody of whom anything is required. Widen it."))
    if not 0 < size <= min(LARGEST, len(population.units)):
        most = min(LARGEST, len(population.units))
        raise Invalid(_("The population has %(count)s lines. Draw between 1 and %(most)s.", count=len(population.units), most=most), field="size")
    seed, scope = seed.strip() or secrets.token_hex(8), scope_of(by)
    kept = {name: value for name, value in {**asdict(wanted), "rule": rule, "regulation": regulation}.items() if value}
    sample = AuditSample(
        purpose=purpose.strip(),
        wanted=kept,
        named=[[label, value] for label, value in (named or {}).items()],
        on_day=on,
        known_at=now(),
        stratified_by=stratified_by,
        size=size,
        seed=seed,
        population=len(population.units),
        population_hash=population_hash(population.units),
        drawn_by_id=by.id,
        grant_id=None if scope is None else scope.grant,
    )
    session.add(sample)
    session.flush()
    _add_lines(sample, population)
    changes = {"size": size, "seed": seed, "population": sample.population, "population_hash": sample.population_hash, "on": on.isoformat()}
    record("training.audit_sample.drawn", sample, by=by, changes=changes)
    return sample


def _add_lines(sample: AuditSample, population: Population) -> None:
    drawn = draw(population.units, size=sample.size, seed=sample.seed)
    for position, (unit, person, rule, state) in enumerate(population.drawn(drawn), start=1):
        told = {"person_id": person, "rule_id": rule, "lineage": unit.lineage, "state": state.value, "stratum": unit.stratum}
        session.add(SampleLine(sample_id=sample.id, position=position, **told))
    session.flush()


def check_line(line: SampleLine, verdict: Verdict, *, note: str, by: Person) -> None:
    """Say what checking a line came to. Raises NotAllowed, Invalid for an objection without a note."""
    if not policy.can_sample(by):
        raise NotAllowed(_("Only compliance and auditors check samples."))
    if verdict is Verdict.OBJECTED and not note.strip():
        raise Invalid(_("Say what you object to."), field="note")
    old, line.verdict, line.note = line.verdict, verdict, note.strip()
    line.checked_at, line.checked_by_id = (None, None) if verdict is Verdict.UNCHECKED else (now(), by.id)
    session.flush()
    record("training.sample_line.checked", line, by=by, person=line.person, changes={"verdict": [old.value, verdict.value]})
