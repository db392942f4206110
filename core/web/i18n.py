"""Languages: which one a request speaks, and the names of all."""

from gettext import NullTranslations
from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LOCALES = {"en": "English", "pt_BR": "Português"}

__all__ = ["LOCALES", "_", "_l", "force_locale", "language_tag", "ngettext", "start_i18n"]


def _spoken() -> NullTranslations:
    """The catalogue of the language being spoken, looked up once: kept where Flask-Babel keeps the locale, and forgotten when that changes."""
    kept = g.get("_flask_babel") if g else None
    found: NullTranslations | None = getattr(kept, "babel_translations", None)
    if found is None:
        found = get_translations()
        if kept is not None or (g and (kept := g.get("_flask_babel")) is not None):
            kept.babel_translations = found
    return found


def _(string: str, **variables: Any) -> str:
    """The text in the language being spoken, with its placeholders filled in."""
    text = _spoken().gettext(string)
    return text % variables if variables else text


def _l(string: str, **variables: Any) -> LazyString:
    """The text in whatever language is being spoken when it is shown: for labels of modules."""
    return LazyString(_, string, **variables)


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """The text for so many, in the language being spoken; `%(num)d` is the number."""
    return _spoken().ngettext(singular, plural, num) % {"num": num, **variables}


@pass_eval_context
def _in_template(context: EvalContext, string: str, /, **variables: Any) -> str:
    text = _spoken().gettext(string)
    if context.autoescape:
        text = Markup(text)  # noqa: S704 - catalogues are ours; variables are escaped
    return text % variables if "%" in text else text


@pass_eval_context
def _in_template_many(context: EvalContext, singular: str, plural: str, num: int, /, **variables: Any) -> str:
    text = _spoken().ngettext(singular, plural, num)
    if context.autoescape:
        text = Markup(text)  # noqa: S704 - catalogues are ours; variables are escaped
    return text % {"num": num, **variables}


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
    app.jinja_env.globals.update(_=_in_template, gettext=_in_template, ngettext=_in_template_many)
