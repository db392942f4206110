"""What is done to role profiles: written, taken from a posting, put into one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from core.audit.record import record
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import EmploymentType, JobRole, Person
from core.web.i18n import _
from hiring.criteria.asking import check_question
from hiring.offers.models import OfferTemplate
from hiring.plans.carrying import plan_to_keep, put_plan
from hiring.postings import policy as postings
from hiring.postings.models import Criterion, CriterionKind, Posting, Question, QuestionKind, SalaryPeriod, Workplace
from hiring.profiles import policy
from hiring.profiles.models import ProfileCriterion, ProfileQuestion, RoleProfile
from hiring.profiles.queries import find_profile
from hiring.screening.matching import match_anew

COPIED = (
    "title", "summary", "responsibilities", "qualifications", "employment_type", "workplace", "salary_from", "salary_to", "currency", "salary_period",
)  # fmt: skip
KEYS = ("id", "public_id", "posting_id")


@dataclass(frozen=True, kw_only=True)
class CriterionText:
    """A criterion as it was typed."""

    text: str
    kind: CriterionKind = CriterionKind.SKILL
    must_have: bool = False
    weight: int = 3
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionText:
    """A question as it was typed. `more` is what its kind needs besides."""

    text: str
    kind: QuestionKind = QuestionKind.SHORT
    required: bool = True
    knock_out: bool = False
    accepted: str = ""
    is_mission: bool = False
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ProfileText:
    """Everything a role profile says."""

    job_role: JobRole
    language: str = "pt_BR"
    title: str
    summary: str = ""
    responsibilities: str = ""
    qualifications: str = ""
    employment_type: EmploymentType = EmploymentType.FULL_TIME
    workplace: Workplace = Workplace.ON_SITE
    salary_from: int | None = None
    salary_to: int | None = None
    currency: str = "BRL"
    salary_period: SalaryPeriod = SalaryPeriod.MONTH
    letter: OfferTemplate | None = None
    criteria: Sequence[CriterionText] = ()
    questions: Sequence[QuestionText] = ()
    synonyms: str = ""


def write_profile(wanted: ProfileText, *, by: Person) -> RoleProfile:
    """Keep a profile for a role. Raises Conflict when the role has one in this language already."""
    _insist(by)
    if find_profile(job_role_id=wanted.job_role.id, language=wanted.language) is not None:
        raise Conflict(_("This role has a profile in this language already. Change that one."))
    profile = RoleProfile(job_role_id=wanted.job_role.id, language=wanted.language, criteria=[], questions=[])
    _fill(profile, wanted)
    session.add(profile)
    session.flush()
    record("hiring.profile.written", profile, by=by)
    if profile.synonyms:
        match_anew(profile.job_role_id)
    return profile


def edit_profile(profile: RoleProfile, wanted: ProfileText, *, by: Person, version: int) -> None:
    """Change a profile; role and language stay. Raises Conflict when somebody else has changed it since `version`."""
    _insist(by)
    session.refresh(profile, with_for_update=True, attribute_names=["version"])
    if profile.version != version:
        raise Conflict(_("Somebody else changed this profile while you were writing. Copy what you typed, then load the page again."))
    before = profile.synonyms
    _fill(profile, wanted)
    session.flush()
    record("hiring.profile.edited", profile, by=by)
    if profile.synonyms != before:
        match_anew(profile.job_role_id)


def take_from_posting(posting: Posting, *, by: Person) -> RoleProfile:
    """Keep what a posting says as the profile of its role, in place of what the profile said before."""
    _insist(by)
    if not postings.can_see(by, posting):
        raise NotAllowed(_("You do not write postings."))
    profile = find_profile(job_role_id=posting.job_role_id, language=posting.language)
    if profile is None:
        profile = RoleProfile(job_role_id=posting.job_role_id, language=posting.language, criteria=[], questions=[])
        session.add(profile)
    for name in COPIED:
        setattr(profile, name, getattr(posting, name))
    profile.criteria[:] = [ProfileCriterion(**_own(row, ProfileCriterion)) for row in posting.criteria]
    profile.questions[:] = [ProfileQuestion(**_own(row, ProfileQuestion), more=_rest(row)) for row in posting.questions]
    profile.plan = plan_to_keep(posting)
    session.flush()
    record("hiring.profile.taken_from_posting", profile, by=by, changes={"posting": posting.id})
    return profile


def remove_profile(profile: RoleProfile, *, by: Person) -> None:
    """Take a profile away. Postings made from it stay as they are."""
    _insist(by)
    record("hiring.profile.removed", profile, by=by)
    session.delete(profile)
    session.flush()


def put_into_posting(posting: Posting, profile: RoleProfile, *, by: Person) -> None:
    """Give a new draft the criteria and questions of the profile."""
    if not postings.can_edit(by, posting):
        raise NotAllowed(_("Criteria and questions can be changed while the posting is a draft, by its recruiters."))
    posting.criteria += [Criterion(**_own(row, Criterion)) for row in profile.criteria]
    posting.questions += [Question(**{**row.more, **_own(row, Question)}) for row in profile.questions]
    session.flush()
    put_plan(posting, _plan_that_fits(profile))
    record("hiring.posting.filled_from_profile", posting, by=by, changes={"profile": profile.id})


def _plan_that_fits(profile: RoleProfile) -> list[dict[str, Any]]:
    """The profile's plan, with its criteria where they stand now: rows may have been taken out or put in since the plan was kept."""
    places = {row.text: at for at, row in enumerate(profile.criteria)}
    return [{**each, "criteria": [places[text] for text in each["criteria_texts"] if text in places]} for each in profile.plan]


def _fill(profile: RoleProfile, wanted: ProfileText) -> None:
    if not one_line(wanted.title):
        raise Invalid(_("A title is needed."), field="title")
    if wanted.salary_from is not None and wanted.salary_to is not None and wanted.salary_from > wanted.salary_to:
        raise Invalid(_("The range ends below its beginning."), field="salary_to")
    for question in wanted.questions:
        _check(question)
    for name in COPIED:
        setattr(profile, name, getattr(wanted, name))
    profile.title, profile.synonyms = one_line(wanted.title), wanted.synonyms
    profile.letter_id = None if wanted.letter is None else wanted.letter.id
    profile.criteria[:] = [ProfileCriterion(**asdict(row), position=at) for at, row in enumerate(wanted.criteria)]
    profile.questions[:] = [ProfileQuestion(**asdict(row), position=at) for at, row in enumerate(wanted.questions)]


def _check(question: QuestionText) -> None:
    more = question.more
    check_question(
        question.kind,
        knock_out=question.knock_out,
        accepted=question.accepted,
        options=more.get("options", []),
        reason=more.get("knock_out_reason", ""),
    )


def _own(row: Any, kind: Any) -> dict[str, Any]:
    """The columns of a row that the other table has too, without the keys."""
    names = {column.name for column in kind.__table__.columns} & {column.name for column in row.__table__.columns}
    return {name: getattr(row, name) for name in names if name not in (*KEYS, "profile_id", "more")}


def _rest(question: Question) -> dict[str, Any]:
    """The columns of a question that every kind does not have."""
    known = {column.name for column in ProfileQuestion.__table__.columns}
    values = {column.name: getattr(question, column.name) for column in question.__table__.columns if column.name not in (*known, *KEYS)}
    return {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}


def _insist(by: Person) -> None:
    if not policy.can_write(by):
        raise NotAllowed(_("You do not keep role profiles."))
