"""Pages for signing in and out, invitations and new passwords."""

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from core.accounts import actions
from core.accounts.forms import EmptyForm, ForgottenForm, NewPasswordForm, SignInForm
from core.accounts.links import read_link
from core.accounts.models import Account, Purpose
from core.db import keep_changes
from core.errors import Invalid
from core.people.rights import Right
from core.web.access import private_link_page, public_page
from core.web.i18n import _
from core.web.limits import limiter
from core.web.pages import own_address, page

bp = Blueprint("accounts", __name__)


def begin_session(account: Account, *, remember: bool) -> None:
    """Sign a person in with a session of their own: nothing of the one before survives but the language."""
    locale = session.get("locale")
    session.clear()
    if locale:
        session["locale"] = locale
    login_user(account, remember=remember)


def _landing(account: Account) -> str:
    """Where a person comes in: their home page, or where that page sends those who do not work here yet."""
    return url_for("home.mine" if account.person.may(Right.WORK) else "home.front")


@bp.route("/login", methods=["GET", "POST"])
@public_page
@limiter.limit("20 per minute; 200 per hour", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form = SignInForm()
    if form.validate_on_submit():
        account = actions.check_sign_in(email=form.email.data, password=form.password.data)
        if account is not None:
            begin_session(account, remember=form.remember.data)
            return redirect(own_address(form.next.data, otherwise=_landing(account)))
        keep_changes()  # the count of wrong passwords
        form.form_errors.append(_("E-mail and password do not fit together, or the account is locked for a quarter of an hour."))
    elif not form.is_submitted():
        form.next.data = own_address(request.args.get("next"), otherwise="")
    return page("core/accounts/sign_in.html", form=form)


@bp.route("/logout", methods=["GET", "POST"])
@public_page
def sign_out() -> ResponseReturnValue:
    """Sign out; a GET only asks, because pages and mails can make a browser send one."""
    form = EmptyForm()
    if form.validate_on_submit():
        logout_user()
        locale = session.get("locale")
        session.clear()
        if locale:
            session["locale"] = locale
        flash(_("You are signed out."), "success")
        return redirect(url_for(".sign_in"))
    return page("core/accounts/sign_out.html", form=form)


@bp.route("/password/forgotten", methods=["GET", "POST"])
@public_page
@limiter.limit("5 per minute; 30 per hour", methods=["POST"])
def forgot_password() -> ResponseReturnValue:
    """Ask for a link to choose a new password."""
    form = ForgottenForm()
    if form.validate_on_submit():
        actions.ask_for_new_password(email=form.email.data)
        return page("core/accounts/link_sent.html", form=None)
    return page("core/accounts/forgotten.html", form=form)


@bp.route("/password/new/<token>", methods=["GET", "POST"])
@private_link_page
@limiter.limit("20 per minute")
def choose_new_password(token: str) -> ResponseReturnValue:
    """Choose a new password with the link from the mail."""
    return _set_password(token, Purpose.PASSWORD, _("Choose a new password"))


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@private_link_page
@limiter.limit("20 per minute")
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose the first password with the link from the invitation."""
    return _set_password(token, Purpose.INVITATION, _("Welcome: choose your password"))


def _set_password(token: str, purpose: Purpose, title: str) -> ResponseReturnValue:
    link = read_link(token, purpose=purpose)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            account = actions.set_password(token, purpose=purpose, password=form.password.data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            begin_session(account, remember=False)
            flash(_("Your password is set."), "success")
            return redirect(_landing(account))
    return page("core/accounts/new_password.html", form=form, title=title, name=link.person.name)
