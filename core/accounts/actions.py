"""Signing in, invitations and passwords."""

from datetime import timedelta
from uuid import uuid4

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.accounts import mails
from core.accounts.links import issue_link, read_link, revoke_links, spend_link
from core.accounts.models import Account, Purpose
from core.accounts.passwords import LONGEST, SHORTEST, hash_password, is_password
from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid
from core.people.models import Person

FAILURES_BEFORE_LOCK = 8
LOCK = timedelta(minutes=15)


def find_account(email: str) -> Account | None:
    """The account with this address, with its person and their roles; the row is held until the transaction ends."""
    query = (
        select(Account)
        .where(Account.email == email.strip().casefold())
        .options(joinedload(Account.person).joinedload(Person.grants))
        .with_for_update(of=Account)
    )
    return session.scalars(query).unique().one_or_none()


def find_account_of(person: Person) -> Account | None:
    """The person's account, if they have one."""
    return session.scalars(select(Account).where(Account.person_id == person.id)).one_or_none()


def check_sign_in(*, email: str, password: str) -> Account | None:
    """The account when address and password fit and it is not locked, else None; it takes the same time either way.

    After eight wrong passwords in a row the account refuses everybody for fifteen minutes.
    """
    account = find_account(email)
    fits = is_password(account.password_hash if account else None, password[:LONGEST])
    if account is None:
        return None
    if account.locked_until is not None and account.locked_until > now():
        return None
    if not fits or not account.is_active:
        _count_failure(account)
        return None
    account.failures, account.locked_until = 0, None
    record("core.account.signed_in", account, by=account.person, person=account.person)
    return account


def _count_failure(account: Account) -> None:
    account.failures += 1
    if account.failures >= FAILURES_BEFORE_LOCK:
        account.failures, account.locked_until = 0, now() + LOCK
        record("core.account.locked", account, by=None, person=account.person)


def open_account(person: Person, *, password: str | None = None) -> Account:
    """Make an account for a person, under their address. Raises Invalid when the address has one already."""
    email = insist_on_free_address(person.email)
    account = Account(
        person_id=person.id, email=email, password_hash=hash_password(password) if password else None, locked_until=None, closed_at=None
    )
    account.person = person
    session.add(account)
    session.flush()
    record("core.account.opened", account, by=None, person=person)
    return account


def insist_on_free_address(email: str) -> str:
    """The address as accounts are known by it. Raises Invalid when it has an account already."""
    known_by = email.strip().casefold()
    if session.scalars(select(Account.id).where(Account.email == known_by)).first() is not None:
        raise Invalid(_("There is an account with this address already."), field="email")
    return known_by


def close_account(person: Person, *, by: Person | None) -> bool:
    """Let nobody sign in as the person any more, from the next request on; links to come in end too. Answers whether there was an open account."""
    account = find_account_of(person)
    for purpose in (Purpose.INVITATION, Purpose.PASSWORD, Purpose.PREBOARDING):
        revoke_links(purpose, person=person)
    if account is None or account.closed_at is not None:
        return False
    account.closed_at, account.stamp, account.password_hash = now(), uuid4(), None
    session.flush()
    record("core.account.closed", account, by=by, person=person)
    return True


def invite(person: Person, *, by: Person | None) -> None:
    """Send a person the invitation to set their password; earlier invitations stop working."""
    account = find_account_of(person) or open_account(person)
    account.closed_at = None  # of somebody who comes back
    revoke_links(Purpose.INVITATION, person=person)
    token = issue_link(Purpose.INVITATION, person=person, subject_id=account.public_id)
    mails.invitation(person, token=token)
    record("core.account.invited", account, by=by, person=person)


def ask_for_new_password(*, email: str) -> None:
    """Mail a link for a new password if there is such an account; nobody can tell from outside whether there is."""
    account = find_account(email)
    if account is None or account.closed_at is not None:
        return
    revoke_links(Purpose.PASSWORD, person=account.person)
    mails.password_reset(account.person, token=issue_link(Purpose.PASSWORD, person=account.person, subject_id=account.public_id))
    record("core.account.password_asked_for", account, by=None, person=account.person)


def set_password(token: str, *, purpose: Purpose, password: str) -> Account:
    """Set the password with an invitation or reset link and spend the link; older sessions end.

    Raises Invalid for a weak password, Gone or NotFound for the link.
    """
    link = read_link(token, purpose=purpose, lock=True)
    account = (
        session.scalars(select(Account).where(Account.public_id == link.subject_id).options(joinedload(Account.person).joinedload(Person.grants)))
        .unique()
        .one()
    )
    insist_on_good_password(password, account=account)
    account.password_hash, account.stamp = hash_password(password), uuid4()
    account.failures, account.locked_until = 0, None
    spend_link(link)
    revoke_links(Purpose.PASSWORD, person=account.person)
    record("core.account.password_set", account, by=account.person, person=account.person)
    return account


def insist_on_good_password(password: str, *, account: Account) -> None:
    """Raise Invalid for a password that is too short, too long, or easily guessed from the address or a keyboard row."""
    if len(password) < SHORTEST:
        raise Invalid(_("Use at least %(count)d characters. A few unrelated words are easy to remember.", count=SHORTEST), field="password")
    if len(password) > LONGEST:
        raise Invalid(_("Use at most %(count)d characters.", count=LONGEST), field="password")
    plain = password.casefold()
    if (
        plain in account.email
        or account.email.split("@")[0] in plain
        or len(set(plain)) < 5
        or plain in "12345678901234567890 qwertyuiopasdfghjklzxcvbnm"
    ):
        raise Invalid(_("That password is too easy to guess."), field="password")
