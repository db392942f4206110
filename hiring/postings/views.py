"""Pages on which postings are written and looked at by colleagues."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from core.errors import Conflict, Invalid
from core.people.models import Department, JobRole, Location, Person
from core.people.queries import departments, find_company, job_roles, locations, people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.applications.queries import active_count, counts_by_posting
from hiring.approvals.labels import HINDRANCES
from hiring.approvals.models import ApprovalKind
from hiring.approvals.queries import who_cannot
from hiring.handing_over.policy import can_hand_over
from hiring.postings import actions, labels, policy
from hiring.postings.forms import EmptyForm, PostingForm, SendBackForm, WordingForm, chosen_row
from hiring.postings.models import Posting, PostingState
from hiring.postings.queries import get_posting, get_posting_text, history_of, postings_page
from hiring.profiles.actions import COPIED, put_into_posting
from hiring.profiles.models import RoleProfile
from hiring.profiles.queries import get_profile, profiles_for_choice
from hiring.publishing.actions import what_is_missing
from hiring.requisitions.queries import requisition_of
from hiring.wording.asking import aid_for_form, aid_for_posting, aid_for_wording

MANY = 1000  # active applications of a posting are counted no further

bp = Blueprint("postings", __name__, url_prefix="/postings")


@dataclass(frozen=True)
class _Choices:
    job_role: Sequence[JobRole]
    department: Sequence[Department]
    location: Sequence[Location]
    hiring_manager: Sequence[Person]

    def offer(self, form: PostingForm) -> None:
        for name, rows in vars(self).items():
            form[name].choices = pairs(rows)

    def chosen(self, form: PostingForm) -> dict[str, Any]:
        return {name: chosen_row(rows, form[name].data) for name, rows in vars(self).items()}


def _choices() -> _Choices:
    return _Choices(job_roles(), departments(), locations(), people_with_right(Right.APPROVE_POSTINGS))


@bp.get("")
@access(Right.SEE_POSTINGS)
def index() -> ResponseReturnValue:
    """The postings this person may see."""
    asked, text = request.args.get("state", ""), request.args.get("text", "").strip()[:100]
    state = PostingState(asked) if asked in set(PostingState) else None
    found = postings_page(g.person, number=wanted_page(), state=state, text=text)
    return page(
        "hiring/postings/index.html",
        postings=found,
        active=counts_by_posting(found.rows, most=MANY),
        many=MANY,
        labels=labels,
        state=state,
        text=text,
        may_write=policy.can_write(g.person),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def new() -> ResponseReturnValue:
    """Start a posting."""
    known, asked = profiles_for_choice(), request.args.get("profile", "")
    profile = next((get_profile(found.public_id) for found in known if str(found.public_id) == asked), None)
    form, choices, company = PostingForm(data={} if profile is None else _from_profile(profile)), _choices(), find_company()
    choices.offer(form)
    if not form.is_submitted() and profile is None and company is not None:
        form.language.data, form.currency.data = company.locale, company.currency
    if form.validate_on_submit():
        try:
            posting = actions.write_posting(form.description(choices.chosen(form)), by=g.person)
            if profile is not None:
                put_into_posting(posting, profile, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The draft is kept. Now name what candidates are compared by."), "success")
            return redirect(url_for("criteria.index", posting_id=posting.public_id))
    return page(
        "hiring/postings/edit.html", form=form, posting=None, theirs=None, company=company, aid=aid_for_form(form), profile=profile, profiles=known
    )


@bp.get("/<uuid:posting_id>")
@access(Right.SEE_POSTINGS)
def show(posting_id: UUID) -> ResponseReturnValue:
    """One posting, what can be done with it, and its history."""
    return posting_page(get_posting(posting_id, viewer=g.person))


def posting_page(posting: Posting, *, form: FlaskForm | None = None, back_form: SendBackForm | None = None) -> ResponseReturnValue:
    """The page of a posting; `form` and `back_form` carry what was refused on it."""
    refused = form if form is not None else back_form
    return page(
        "hiring/postings/show.html",
        form=refused if refused is not None else EmptyForm(),
        back_form=back_form or SendBackForm(),
        posting=posting,
        history=history_of(posting),
        requisition=requisition_of(posting),
        missing=what_is_missing(posting),
        aid=aid_for_posting(posting) if policy.can_edit(g.person, posting) or policy.can_reword(g.person, posting) else None,
        active=active_count(posting),
        hindrance=_hindrance(posting),
        may_hand_over=can_hand_over(g.person, posting),
        labels=labels,
        policy=policy,
        states=PostingState,
    )


def _hindrance(posting: Posting) -> Any:
    """Why the hiring manager who was asked to approve no longer can, in words; None if they can."""
    asked = who_cannot(ApprovalKind.REQUISITION, {posting.hiring_manager_id}) if posting.state is PostingState.IN_APPROVAL else {}
    return HINDRANCES[asked[posting.hiring_manager_id]] if asked else None


@bp.route("/<uuid:posting_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def edit(posting_id: UUID) -> ResponseReturnValue:
    """Change a draft; a change by somebody else in between is shown, and nothing typed is lost."""
    posting, choices = get_posting_text(posting_id, viewer=g.person), _choices()
    form = PostingForm(data=_written(posting))
    choices.offer(form)
    theirs = None
    if form.validate_on_submit():
        try:
            actions.edit_posting(posting, form.description(choices.chosen(form)), by=g.person, version=form.seen_version)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.refuse(refusal)
            theirs = _differences(form, posting)
            form.version.data = str(posting.version)
        else:
            flash(_("The draft is kept."), "success")
            return redirect(url_for(".show", posting_id=posting_id))
    status = 409 if theirs is not None else None
    return page(
        "hiring/postings/edit.html",
        form=form,
        posting=posting,
        theirs=theirs,
        company=find_company(),
        aid=aid_for_form(form),
        profiles=[],
        status=status,
    )


@bp.route("/<uuid:posting_id>/wording", methods=["GET", "POST"])
@access(Right.WRITE_POSTINGS)
def wording(posting_id: UUID) -> ResponseReturnValue:
    """Change texts and deadline of an approved posting."""
    posting = get_posting_text(posting_id, viewer=g.person)
    form = WordingForm(data=_written(posting))
    theirs = None
    if form.validate_on_submit():
        try:
            actions.reword_posting(posting, form.wording(), by=g.person, version=form.seen_version)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.refuse(refusal)
            theirs = _differences(form, posting)
            form.version.data = str(posting.version)
        else:
            flash(_("The new wording is kept."), "success")
            return redirect(url_for(".show", posting_id=posting_id))
    status = 409 if theirs is not None else None
    texts = {name: form[name].data or "" for name in ("summary", "responsibilities", "qualifications")}
    return page("hiring/postings/wording.html", form=form, posting=posting, theirs=theirs, aid=aid_for_wording(posting, texts), status=status)


@bp.get("/<uuid:posting_id>/preview")
@access(Right.SEE_POSTINGS)
def preview(posting_id: UUID) -> ResponseReturnValue:
    """The posting as candidates will read it."""
    posting = get_posting(posting_id, viewer=g.person)
    return page("hiring/postings/preview.html", posting=posting, company=find_company(), labels=labels)


@bp.post("/<uuid:posting_id>/duplicate")
@access(Right.WRITE_POSTINGS)
def duplicate(posting_id: UUID) -> ResponseReturnValue:
    """Start another posting from this one."""
    posting = get_posting(posting_id, viewer=g.person)
    copy = actions.duplicate_posting(posting, by=g.person)
    flash(_("This is a copy, as a draft and without a deadline."), "success")
    return redirect(url_for(".edit", posting_id=copy.public_id))


def _written(posting: Posting) -> dict[str, Any]:
    names = (
        "version title workplace employment_type summary responsibilities qualifications salary_from salary_to currency salary_period openings "
        "closes_on language"
    )
    values: dict[str, Any] = {name: getattr(posting, name) for name in names.split()}
    for name in ("job_role", "department", "location", "hiring_manager"):
        values[name] = str(getattr(posting, name).public_id)
    return values


def _from_profile(profile: RoleProfile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in ("language", *COPIED)} | {"job_role": str(profile.job_role.public_id)}


def _differences(form: FlaskForm, posting: Posting) -> list[tuple[Any, Any]]:
    theirs = _written(posting)
    shown = []
    for field in form:
        if field.name in theirs and field.name != "version" and (field.data or "") != (theirs[field.name] or ""):
            value = theirs[field.name]
            if getattr(field, "choices", None):
                value = dict(field.choices).get(value, value)
            elif field.name in ("salary_from", "salary_to") and value is not None:
                value = value / 100
            shown.append((field.label.text, "" if value is None else value))
    return shown
