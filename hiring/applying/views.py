"""Applying to a public posting: the form, what it sends, and the thanks."""

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from core.db import keep_changes
from core.errors import Gone, Invalid
from core.files.rules import DOCUMENT, RESUME
from core.web.access import public_page
from core.web.frame import company_of_the_page
from core.web.i18n import _, language_tag
from core.web.limits import limiter
from core.web.pages import page
from core.web.uploads import takes_files
from hiring.applications import consent
from hiring.applications.arriving import apply as take_application
from hiring.applying.drafts import draft_of, find_draft, forget_draft, keep_draft
from hiring.applying.files import ChosenFiles, chosen_files, file_fields, held_files, hold_what_came, holder_secret
from hiring.applying.forms import ApplicationForm, application_form
from hiring.applying.json_resume import LIMIT, read_json_resume
from hiring.applying.suggesting import FIELD_OF, suggestions_from, taken_up, typed_into
from hiring.careers.closed import closed_page
from hiring.careers.sources import referral_of_visit, remember_source, source_of_visit
from hiring.postings.models import Posting
from hiring.postings.queries import find_public_posting

bp = Blueprint("applying", __name__)
# a broken multipart body has no token in it: the form answers it itself, and still checks its own token
bp.record_once(lambda state: state.app.extensions["csrf"].exempt("hiring.applying.views.apply"))


@bp.route("/careers/<slug>/apply", methods=["GET", "POST"])
@public_page
@takes_files
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def apply(slug: str) -> ResponseReturnValue:
    """Apply: the form, and what it sends."""
    posting = find_public_posting(slug)
    if not posting.takes_applications:
        return closed_page(posting)
    remember_source()
    draft = find_draft(posting, holder=session.get("apply_holder", "")) if request.method == "GET" else None
    form = application_form(posting, source=source_of_visit(), referral=referral_of_visit(), draft=draft.fields if draft is not None else None)
    if request.method == "GET":
        holder_secret()
        return _form_page(posting, form, files=held_files(posting, form), found_again=draft is not None)
    if not request.form:
        form.form_errors.append(_("What you sent did not arrive whole. Nothing was kept: please fill in the form and send it again."))
        return _form_page(posting, form, status=400)
    return _received(posting, form)


def _received(posting: Posting, form: ApplicationForm) -> ResponseReturnValue:
    complete = form.validate()
    if "csrf_token" in form.errors:
        form.form_errors.append(_("This page was open for too long. What you typed is still here: please send it again."))
        return _form_page(posting, form, status=400)
    files = chosen_files(posting, form)
    if complete and not form.errors and files.resume is not None:
        try:
            sent = form.submission(posting, files=files.answers(posting), locale=language_tag().replace("-", "_"))
            take_application(posting, submission=sent, resume=files.resume)
        except Invalid as refusal:
            form.refuse(refusal)
        except Gone:
            return closed_page(find_public_posting(posting.slug))
        else:
            files.release()
            forget_draft(posting, holder=session.get("apply_holder", ""))
            session["applied"] = {"email": form.email.data, "slug": posting.slug}
            return redirect(url_for(".thanks", slug=posting.slug), 303)
    if files.keep_for_later(posting):
        keep_changes()  # the files stay although the answer is a refusal, so that they need not be chosen again
    return _form_page(posting, form, files=files)


@bp.post("/careers/<slug>/apply/draft")
@public_page
@limiter.limit("60 per minute")
def keep(slug: str) -> ResponseReturnValue:
    """Keep what is typed, a moment after each change."""
    posting = find_public_posting(slug)
    if not posting.takes_applications:
        return closed_page(posting)
    keep_draft(posting, draft_of(posting, request.form), holder=holder_secret())
    return "", 204


@bp.post("/careers/<slug>/apply/json-resume")
@public_page
@takes_files
@limiter.limit("10 per minute")
def take_json_resume(slug: str) -> ResponseReturnValue:
    """Fill in what a JSON Resume says, for the candidate to look through and send."""
    posting = find_public_posting(slug)
    if not posting.takes_applications:
        return closed_page(posting)
    upload = request.files.get("json_resume")
    try:
        found = read_json_resume(upload.stream.read(LIMIT + 1) if upload is not None else b"")
    except Invalid as refusal:
        flash(str(refusal.sentence), "danger")
        return redirect(url_for(".apply", slug=slug), 303)
    draft = find_draft(posting, holder=holder_secret())
    keep_draft(posting, {**(draft.fields if draft is not None else {}), **draft_of(posting, MultiDict(found))}, holder=holder_secret())
    flash(_("Filled in from your JSON Resume. Please look it through: nothing has been sent yet."), "success")
    return redirect(url_for(".apply", slug=slug), 303)


@bp.post("/careers/<slug>/apply/resume")
@public_page
@takes_files
@limiter.limit("20 per minute; 120 per hour")
def take_resume(slug: str) -> ResponseReturnValue:
    """Hold the résumé and have it read, or take up one thing found in it. What was typed is kept, and nothing is sent."""
    posting = find_public_posting(slug)
    if not posting.takes_applications:
        return closed_page(posting)
    form = application_form(posting)
    files, problems = hold_what_came(posting, form)
    typed = MultiDict(request.form)
    for name, reference, _accept, _required in file_fields(posting):
        typed[reference] = str(files.held[name].public_id) if name in files.held else ""
    fields = draft_of(posting, typed)
    wanted = request.form.get("take", "")
    if wanted in FIELD_OF and files.resume is not None:
        found = suggestions_from(files.resume, {}).values.get(wanted, "")
        value = taken_up(fields, wanted, found) if found else None
        if value is None:
            problems.append(_("What you typed there stays. Empty the field first to take what your résumé says."))
        else:
            fields |= draft_of(posting, MultiDict({FIELD_OF[wanted]: value}))
    keep_draft(posting, fields, holder=holder_secret())
    for problem in problems:
        flash(problem, "danger")
    return redirect(url_for(".apply", slug=slug, _anchor="resume-found" if files.resume is not None else None), 303)


@bp.get("/careers/<slug>/apply/resume")
@public_page
@limiter.limit("120 per minute")
def found(slug: str) -> ResponseReturnValue:
    """What was found in the résumé, once it is read: the part of the form's page that waits for it."""
    posting = find_public_posting(slug)
    draft = find_draft(posting, holder=session.get("apply_holder", ""))
    if draft is None or not posting.takes_applications:
        return "", 204
    form = application_form(posting, draft=draft.fields)
    resume = held_files(posting, form).resume
    if resume is None:
        return "", 204
    answer = page("hiring/applying/found.html", posting=posting, found=suggestions_from(resume, typed_into(form)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/careers/<slug>/apply/afresh")
@public_page
def start_afresh(slug: str) -> ResponseReturnValue:
    """Let go of what was typed, on a computer that others use too."""
    forget_draft(find_public_posting(slug), holder=session.get("apply_holder", ""))
    return redirect(url_for(".apply", slug=slug), 303)


def _form_page(
    posting: Posting, form: ApplicationForm, *, files: ChosenFiles | None = None, found_again: bool = False, status: int | None = None
) -> ResponseReturnValue:
    held = files.held if files is not None else {}
    for name, reference, _accept, required in file_fields(posting):
        form[reference].data = str(held[name].public_id) if name in held else ""
        form[name].flags.required = required and name not in held
    answer = page(
        "hiring/applying/apply.html",
        form=form,
        posting=posting,
        found_again=found_again,
        held={name: each.file.name for name, each in held.items()},
        found=suggestions_from(files.resume, typed_into(form)) if files is not None and files.resume is not None else None,
        accept=RESUME.endings,
        accept_documents=DOCUMENT.endings,
        consent_text=consent.TEXTS[consent.CURRENT],
        company=company_of_the_page(),
        status=status,
    )
    answer.headers["Cache-Control"] = "no-store"  # what a visitor typed is on it
    return answer


@bp.get("/careers/<slug>/thanks")
@public_page
def thanks(slug: str) -> ResponseReturnValue:
    """The same words for everybody who applied."""
    posting = find_public_posting(slug)
    applied = session.get("applied") or {}
    if applied.get("slug") != slug:
        return redirect(url_for("careers.show", slug=slug))
    answer = page("hiring/applying/thanks.html", posting=posting, email=applied.get("email", ""), company=company_of_the_page())
    answer.headers["Cache-Control"] = "no-store"  # the address is on it
    return answer
