"""The application, wired together."""

from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

import core.blueprints
import hiring.blueprints
import home.blueprints
import onboarding.blueprints
import training.blueprints
from core.accounts.sessions import load_account
from core.db import TransactionalFlask, db, insist_on_connection, prepare_engine
from core.jobs.dispatching import start_jobs
from core.log import configure_logging, log_requests
from core.settings import Settings, load_settings
from core.web import access, error_pages, headers, i18n, limits, proxies, rendering, static_files, uploads

ROOT = Path(__file__).resolve().parent
PACKAGES = (home.blueprints, hiring.blueprints, onboarding.blueprints, training.blueprints, core.blueprints)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises SettingError when a setting cannot work."""
    settings = settings or load_settings(root=ROOT)
    configure_logging(settings.environment)
    app = TransactionalFlask("wsgi", root_path=str(ROOT), instance_path=str(settings.instance))
    app.config.update(_configuration(settings))
    app.extensions["settings"] = settings
    app.jinja_environment = rendering.Templates
    app.jinja_env.undefined = StrictUndefined

    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        prepare_engine(db.engine)
    proxies.start_proxies(app, settings)
    log_requests(app)
    headers.start_headers(app, secure=settings.secure_cookies)
    i18n.start_i18n(app)
    _recognise_people(app)
    access.guard(app)
    uploads.start_uploads(app)
    CSRFProtect(app)
    limits.start_limits(app, settings)
    error_pages.start_error_pages(app)
    rendering.start_rendering(app)
    static_files.start_static_files(app)
    start_jobs(app, settings, (module for package in PACKAGES for module in getattr(package, "TASKS", ())))

    app.extensions["audit_sentences"] = {name: sentence for package in PACKAGES for name, sentence in package.EVENTS.items()}
    app.extensions["concealing"] = [rule for package in PACKAGES for rule in getattr(package, "CONCEALING", ())]
    app.extensions["navigation"] = [entry for package in PACKAGES for entry in package.NAVIGATION]
    for package in PACKAGES:
        for blueprint in package.BLUEPRINTS:
            app.register_blueprint(blueprint)
        for command in package.COMMANDS:
            app.cli.add_command(command)
    return app


def serve() -> Flask:
    """The application for a web server, which is not started on a database that does not answer. Raises SettingError."""
    app = create_app()
    with app.app_context():
        insist_on_connection(db.engine)  # and closes it again: workers forked from here connect for themselves
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    pool: dict[str, Any] = {"hide_parameters": True}  # an error's message, and so a log, does not repeat what people wrote
    if not settings.database_url.startswith("sqlite"):
        pool |= {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True}
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": pool,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_NAME": "trilha",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # private pages send no Referer, and the token decides
        "BOOTSTRAP_SERVE_LOCAL": True,
        "BABEL_DEFAULT_LOCALE": "en",
        "TEMPLATES_AUTO_RELOAD": False,
    }


def _recognise_people(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # pages ask viewer(); an error page must not ask the database again
    manager.session_protection = None  # the stamp in the session id ends sessions; addresses change on phones
    manager.user_loader(load_account)

    @app.before_request
    def recognise() -> None:
        g.person = None
        if request.endpoint != "static" and current_user.is_authenticated:
            g.person = current_user.person
