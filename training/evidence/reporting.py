"""What auditors ask for besides packs: the population and why each is in it, the change log of the rules, one person's whole record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.audit.record import record
from core.clock import now
from core.documents.actions import keep_document
from core.documents.codes import new_code
from core.documents.models import DocumentKind, IssuedDocument
from core.documents.paper import company_paper
from core.documents.rendering import render_pdf
from core.documents.sealing import seal_pdf
from core.errors import NotAllowed, NotFound
from core.people.models import Person
from core.web.i18n import _
from core.web.spreadsheets import Cell
from training.auditing.sight import scope_of
from training.compliance.labels import STANDINGS
from training.compliance.matrix import judge_person
from training.compliance.standing import Standing
from training.evidence import policy, population, queries
from training.evidence.gathering import gather
from training.evidence.population import Member
from training.evidence.records import Record, person_record
from training.evidence.wanted import EvidenceFilter, Question, asked_lines
from training.requirements.queries import PersonFacts, RuleLine, facts_of, rule_lines

FIRST_DAY = date(1970, 1, 1)
PEOPLE_AT_ONCE = 50


@dataclass(frozen=True)
class InScope:
    """Somebody of the population, with the rules that ask something of them."""

    member: Member
    rules: list[RuleLine]


def question_now(wanted: EvidenceFilter, *, since: date, until: date, by: Person) -> Question:
    """A question about what is known now, within what the person may see. Raises NotFound for days outside it."""
    scope = scope_of(by)
    if scope is not None and not (scope.holds(since) and scope.holds(until)):
        raise NotFound
    return Question(wanted, since, until, None, now(), scope)


def population_of(question: Question, *, after: int = 0, limit: int = PEOPLE_AT_ONCE) -> list[InScope]:
    """Some of those employed in the period, by inner key from one on, with the rules that ask something of them on their last day in it."""
    people = population.members(question, after=after, limit=limit)
    facts = facts_of([member.key for member in people], on=question.until, known_at=question.known_at)
    found, known = [], dict[date, list[RuleLine]]()
    for member in people:
        day = member.judged_on
        if day not in known:
            known[day] = asked_lines(rule_lines(on=day, known_at=question.known_at), question)
        cells = judge_person(known[day], facts.get(member.key, PersonFacts()), on=day)
        asked = [line for line, cell in zip(known[day], cells, strict=True) if cell.state is not Standing.NOT_REQUIRED]
        found.append(InScope(member, asked))
    return found


def population_rows(question: Question) -> Iterator[list[Cell]]:
    """Everybody of the population as lines of a table, with why they are in it."""
    yield [_("Person"), _("Job role"), _("Department"), _("Place"), _("Employed there since"), _("Until"), _("Rules that ask"), _("Courses")]
    after = 0
    while some := population_of(question, after=after, limit=400):
        for one in some:
            who = one.member
            numbers = ", ".join(str(line.fact.number) for line in one.rules)
            ends = "" if who.until is None else who.until.isoformat()
            courses = "; ".join(line.course_title for line in one.rules)
            yield [who.name, who.job_role, who.department, who.place, who.since.isoformat(), ends, numbers, courses]
        after = some[-1].member.key


def changes_of_rules(question: Question) -> Sequence[tuple[queries.Revision, RuleLine]]:
    """Every revision of the rules, newest first, with the rule as it stands."""
    lines = asked_lines(rule_lines(on=question.until, known_at=question.known_at, with_future=True), question)
    named = {line.fact.lineage: line for line in lines}
    found = queries.revisions(named, known_at=question.known_at)
    return [(one, named[one.lineage]) for one in sorted(found, key=lambda one: one.recorded_at, reverse=True)]


def print_transcript(person: Person, *, language: str, today: date, by: Person) -> IssuedDocument:
    """Print, seal and keep everything on record about a person's training. Raises NotAllowed, NotFound for somebody outside one's scope."""
    if not policy.can_ask(by):
        raise NotAllowed(_("Only who sees everybody's compliance prints transcripts."))
    scope = scope_of(by)
    since, until = (scope.since or FIRST_DAY, min(scope.until or today, today)) if scope is not None else (FIRST_DAY, today)
    question = Question(EvidenceFilter(person=str(person.public_id)), since, until, None, now(), scope)
    people = population.members(question)
    if not people:
        raise NotFound
    told, others = _whole_record(people[-1], question)
    code, title = new_code(), str(_("Transcript of training"))
    words = {state.value: word for state, word in STANDINGS.items()}
    context = {"person": told, "others": others, "words": words, "paper": company_paper(code=code), "today": until.isoformat()}
    content = render_pdf("evidence_transcript.html", context=context, title=title, language=language, dated=until)
    facts = {str(_("Person")): person.name, str(_("As of")): until.isoformat(), str(_("Requirements")): str(len(told["requirements"]))}
    document = keep_document(
        seal_pdf(content), kind=DocumentKind.TRANSCRIPT, title=title, person=person, facts=facts, by=by, code=code, language=language
    )
    record("training.transcript.printed", document, by=by, person=person, changes={"sha256": document.sha256})
    return document


def _whole_record(member: Member, question: Question) -> tuple[Record, list[Record]]:
    """What is required of the person with its proof, and the courses completed that no rule asks for any more."""
    lines = asked_lines(rule_lines(on=member.judged_on, known_at=question.known_at), question)
    facts = facts_of([member.key], on=question.until, known_at=question.known_at).get(member.key, PersonFacts())
    gathered = gather([member.key], question)
    judged = list(zip(lines, judge_person(lines, facts, on=member.judged_on), strict=True))
    told = person_record(member, judged, gathered, question)
    asked = {line.fact.course_id for line, cell in judged if cell.state is not Standing.NOT_REQUIRED}
    rest = {course for _person, course in gathered.completions if course not in asked} if question.scope is None else set()
    titles = queries.titles_of(rest)
    others = [
        {
            "course": titles[course],
            "completed_on": one.completed_on.isoformat(),
            "version": one.version,
            "approved_by": one.approved_by,
            "valid_until": one.valid_until.isoformat() if one.valid_until else "",
            "certificate": one.certificate.code if one.certificate else "",
        }
        for course in rest
        for one in gathered.completions[member.key, course]
        if one.withdrawn_at is None
    ]
    return told, sorted(others, key=lambda one: (one["completed_on"], one["course"]))
