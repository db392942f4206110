"""What hiring adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from hiring.postings.views import bp as postings
from hiring.applications.views import bp as applications
from hiring.screening.views import bp as screening
from hiring.interviews.views import bp as interviews
from hiring.offers.views import bp as offers
from core.web.navigation import NavigationEntry

BLUEPRINTS: list[Blueprint] = [postings, applications, screening, interviews, offers]
NAVIGATION: list[NavigationEntry] = []
COMMANDS: list[AppGroup] = []
EVENTS: dict[str, LazyString] = {}
