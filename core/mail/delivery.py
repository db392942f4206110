"""Handing a mail over: to the mail server, or into a folder of an installation that has none."""

import contextlib
import os
import re
import smtplib
import ssl
import tempfile
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from core.files.store import read_content
from core.jobs.queue import TryLater
from core.mail.models import OutgoingMail
from core.mail.outbox import one_line
from core.people.queries import find_company
from core.settings import Settings
from core.web.i18n import _

TIMEOUT = 20
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Refused(Exception):
    """The mail will never be taken as it is; the sentence says why and names nobody."""


def compose(mail: OutgoingMail) -> EmailMessage:
    """The message of a mail. Needs its attachments with their files. The same mail always gives the same Message-ID and Date.

    Raises Refused when its address is none.
    """
    settings: Settings = current_app.extensions["settings"]
    company = find_company()
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.created_at)
    message["From"] = _address(one_line(company.name) if company else "Trilha", settings.mail_from)
    message["To"] = _address(mail.to_name, mail.to_address)
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.locale.replace("_", "-")
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.calendar is not None:
        kind = {"method": mail.calendar_method, "charset": "UTF-8"}
        message.add_alternative(mail.calendar, maintype="text", subtype="calendar", cte="base64", params=kind)
    for attachment in mail.attachments:
        file = attachment.file
        maintype, _slash, subtype = file.content_type.partition("/")
        message.add_attachment(read_content(file), maintype=maintype, subtype=subtype, filename=file.name)
    return message


def _address(name: str, address: str) -> Address:
    if _ADDRESS.fullmatch(address) is None:
        raise Refused(_("The address cannot be used for mail. Correct the person's address, then send the mail again."))
    local, _at, domain = address.rpartition("@")
    try:
        return Address(display_name=name, username=local, domain=domain if domain.isascii() else domain.encode("idna").decode())
    except (UnicodeError, ValueError, HeaderParseError) as error:
        raise Refused(_("The address cannot be used for mail. Correct the person's address, then send the mail again.")) from error


def deliver(message: EmailMessage) -> None:
    """Hand the message over. Raises Refused when that will never work, TryLater when it may work another time."""
    settings: Settings = current_app.extensions["settings"]
    if settings.smtp_url is None:
        keep_in_folder(message, settings.instance / "mail")
    else:
        _deliver_by_smtp(message, settings.smtp_url, timeout=min(TIMEOUT, max(1, settings.job_lease_seconds - 1)))


def keep_in_folder(message: EmailMessage, folder: Path) -> None:
    """Write the message as `<Message-ID>.eml`; a second delivery replaces the first."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"{message['Message-ID'].strip('<>').replace('/', '_')}.eml"
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, place)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _deliver_by_smtp(message: EmailMessage, url: str, *, timeout: float) -> None:
    parts = urlsplit(url)
    try:
        server = _connect(parts, timeout)
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(_connection_problem(error)) from error
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(max(code for code, _reply in error.recipients.values())) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(_("The mail server does not take addresses with such letters.")) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(_connection_problem(error)) from error
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):  # after the mail was taken, a bad goodbye must not send it twice
            server.quit()
        server.close()


def _connect(parts: SplitResult, timeout: float) -> smtplib.SMTP:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, timeout=timeout, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=timeout)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _refusal(code: int) -> Refused | TryLater:
    if code >= 500:
        return Refused(_("The mail server refused the mail for good (code %(code)s).", code=code))
    return TryLater(_("The mail server asked to try later (code %(code)s).", code=code))


def _connection_problem(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return str(_("The mail server did not accept the user and password in TRILHA_SMTP_URL."))
    if isinstance(error, smtplib.SMTPResponseException):
        return str(_("The mail server answered with code %(code)s.", code=error.smtp_code))
    if isinstance(error, ssl.SSLError):
        return str(_("The mail server's certificate could not be trusted, or it does not speak TLS."))
    if isinstance(error, TimeoutError):
        return str(_("The mail server did not answer in time."))
    return str(_("The mail server could not be reached, or hung up (%(kind)s).", kind=type(error).__name__))
