"""Reading samples, and the population they are drawn from."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.web.paging import Page, one_page
from training.auditing.sight import scope_of
from training.compliance.filtering import ComplianceFilter
from training.compliance.moment import Moment
from training.compliance.sight import look
from training.compliance.standing import Standing
from training.requirements.models import Rule
from training.sampling.drawing import Unit
from training.sampling.models import AuditSample, SampleLine, Stratum, Verdict


def _seen_by(viewer: Person) -> Select[AuditSample]:
    query, scope = select(AuditSample).options(joinedload(AuditSample.drawn_by)), scope_of(viewer)
    if scope is None:
        return query
    return query.where(false() if scope.is_closed else AuditSample.grant_id == scope.grant)


def samples_page(viewer: Person, *, number: int) -> Page[AuditSample]:
    """One page of samples the viewer may see, newest first."""
    return one_page(_seen_by(viewer).order_by(AuditSample.drawn_at.desc(), AuditSample.id.desc()), number=number, size=20)


def get_sample(sample_id: UUID, *, viewer: Person) -> AuditSample:
    """The sample, with who drew it. Raises NotFound."""
    found = session.scalars(_seen_by(viewer).where(AuditSample.public_id == sample_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def checked(samples: Sequence[AuditSample]) -> dict[int, int]:
    """How many lines of each sample (inner key) are checked."""
    keys = [sample.id for sample in samples]
    query = select(SampleLine.sample_id, func.count()).where(SampleLine.sample_id.in_(keys), SampleLine.verdict != Verdict.UNCHECKED)
    rows = session.execute(query.group_by(SampleLine.sample_id).order_by(SampleLine.sample_id))
    return {row[0]: row[1] for row in rows}


def _lines() -> Select[SampleLine]:
    rule = joinedload(SampleLine.rule).joinedload(Rule.course)
    return select(SampleLine).options(joinedload(SampleLine.person), rule, joinedload(SampleLine.checked_by))


def lines_page(sample: AuditSample, *, number: int) -> Page[SampleLine]:
    """One page of what was drawn, in the order drawn."""
    return one_page(_lines().where(SampleLine.sample_id == sample.id).order_by(SampleLine.position), number=number)


def get_line(sample: AuditSample, line_id: UUID) -> SampleLine:
    """A line of the sample. Raises NotFound."""
    found = session.scalars(_lines().where(SampleLine.sample_id == sample.id, SampleLine.public_id == line_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


class Population:
    """Everybody and every requirement the viewer sees and a filter fits, on a day."""

    def __init__(self, viewer: Person, wanted: ComplianceFilter, *, moment: Moment, stratum: Stratum, rule: str = "", regulation: str = "") -> None:
        self.units: list[Unit] = []
        self._rows: dict[Unit, tuple[int, int, Standing]] = {}
        sight = look(viewer, wanted, state=None, moment=moment)
        for row in sight.rows:
            person = sight.people[row.person_id]
            for line, cell in zip(sight.lines, row.cells, strict=True):
                fits = (not rule or str(line.fact.lineage) == rule) and (not regulation or line.fact.source == regulation)
                if cell.state is Standing.NOT_REQUIRED or not fits:
                    continue
                parts = {Stratum.DEPARTMENT: person.department, Stratum.ROLE: person.role, Stratum.RULE: str(line.fact.number)}
                unit = Unit(person.id, line.fact.lineage, parts.get(stratum, ""))
                self.units.append(unit)
                self._rows[unit] = (person.key, line.fact.id, cell.state)

    def drawn(self, units: Sequence[Unit]) -> Iterator[tuple[Unit, int, int, Standing]]:
        """Each unit with the inner keys of person and rule, and how they stand."""
        for unit in units:
            yield unit, *self._rows[unit]
