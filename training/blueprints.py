"""What training adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from training.catalogue.views import bp as catalogue
from training.requirements.views import bp as requirements
from training.exams.views import bp as exams
from training.certificates.views import bp as certificates
from training.compliance.views import bp as compliance
from core.web.navigation import NavigationEntry

BLUEPRINTS: list[Blueprint] = [catalogue, requirements, exams, certificates, compliance]
NAVIGATION: list[NavigationEntry] = []
COMMANDS: list[AppGroup] = []
TASKS: list[str] = []
EVENTS: dict[str, LazyString] = {}
