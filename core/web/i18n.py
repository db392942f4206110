"""Languages: which one a request speaks, and the names of all."""

from gettext import NullTranslations
from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask.globals import _cv_app
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LOCALES = {"en": "English", "pt_BR": "Português"}

__all__ = ["LOCALES", "_", "_l", "force_locale", "language_tag", "locale_name", "ngettext", "said", "start_i18n"]


class _Spoken:
    """One language's catalogue, and what has been looked up in it."""

    def __init__(self, name: str, catalogue: NullTranslations) -> None:
        self.name, self.catalogue = name, catalogue
        self.texts: dict[str, str] = {}
        self.marked: dict[str, Markup] = {}
        self.said: dict[str, Markup] = {}

    def text(self, string: str) -> str:
        found = self.texts.get(string)
        if found is None:
            found = self.texts[string] = self.catalogue.gettext(string)
        return found

    def markup(self, string: str) -> Markup:
        found = self.marked.get(string)
        if found is None:
            found = self.marked[string] = Markup(self.text(string))  # noqa: S704 - catalogues are ours; variables are escaped
        return found

    def filled(self, string: str) -> Markup:
        """The text with nothing to fill in, as templates show it: percent signs stand doubled in it."""
        found = self.said.get(string)
        if found is None:
            found = self.markup(string)
            found = self.said[string] = found % {} if "%" in found else found
        return found


_languages: dict[str, _Spoken] = {}


def _spoken() -> _Spoken:
    """The language being spoken: kept where Flask-Babel keeps the locale, so that it is forgotten when that changes.

    A page asks hundreds of times, so the context is asked for itself and not by way of `g`.
    """
    context = _cv_app.get(None)
    kept = None if context is None else context.g.get("_flask_babel")
    found: _Spoken | None = getattr(kept, "babel_translations", None)
    if found is None:
        name = str(get_locale() or "en")
        found = _languages.get(name)
        if found is None:
            found = _languages[name] = _Spoken(name, get_translations())
        if kept is not None:
            kept.babel_translations = found
    return found


def _(string: str, **variables: Any) -> str:
    """The text in the language being spoken, with its placeholders filled in."""
    text = _spoken().text(string)
    return text % variables if variables else text


def _l(string: str, **variables: Any) -> LazyString:
    """The text in whatever language is being spoken when it is shown: for labels of modules."""
    return LazyString(_, string, **variables)


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """The text for so many, in the language being spoken; `%(num)d` is the number."""
    return _spoken().catalogue.ngettext(singular, plural, num) % {"num": num, **variables}


def said(string: str) -> Markup:
    """A fixed text in the language being spoken, for templates that escape."""
    return _spoken().filled(string)


@pass_eval_context
def _in_template(context: EvalContext, string: str, /, **variables: Any) -> str:
    text = _spoken().markup(string) if context.autoescape else _spoken().text(string)
    return text % variables if "%" in text else text


@pass_eval_context
def _in_template_many(context: EvalContext, singular: str, plural: str, num: int, /, **variables: Any) -> str:
    text = _spoken().catalogue.ngettext(singular, plural, num)
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


def locale_name() -> str:
    """The language being spoken, as a key of LOCALES."""
    return _spoken().name


def language_tag() -> str:
    """The language being spoken, as an HTML `lang` value."""
    return locale_name().replace("_", "-")


def start_i18n(app: Flask) -> None:
    """Wire Flask-Babel: the catalogue in `translations/`, the person's locale and time zone."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", f"{app.root_path}/translations")
    Babel(app, locale_selector=_choose_locale, timezone_selector=_choose_time_zone)
    app.jinja_env.globals.update(_=_in_template, gettext=_in_template, ngettext=_in_template_many)
