"""Languages: which one a request speaks, and the names of all."""

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

LOCALES = {"en": "English", "pt_BR": "Português"}

__all__ = ["LOCALES", "_", "_l", "force_locale", "language_tag", "ngettext", "start_i18n"]


def _choose_locale() -> str:
    if not has_request_context():
        return "en"
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    person = g.get("person")
    if person is not None and person.locale in LOCALES:
        return str(person.locale)
    best = request.accept_languages.best_match(["pt-BR", "pt", "en"], default="en")
    return "pt_BR" if best.startswith("pt") else "en"


def _choose_time_zone() -> str:
    person = g.get("person") if has_request_context() else None
    return "UTC" if person is None else str(person.time_zone)


def language_tag() -> str:
    """The language being spoken, as an HTML `lang` value."""
    locale = get_locale()
    return "en" if locale is None else str(locale).replace("_", "-")


def start_i18n(app: Flask) -> None:
    """Wire Flask-Babel: the catalogue in `translations/`, the person's locale and time zone."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", f"{app.root_path}/translations")
    Babel(app, locale_selector=_choose_locale, timezone_selector=_choose_time_zone)
