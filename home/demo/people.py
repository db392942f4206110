"""The bank of the demonstration: its places, roles and forty colleagues."""

import unicodedata
from datetime import date, timedelta

from core.accounts.actions import open_account
from core.clock import standing_at
from core.db import session
from core.people.actions import add_person, begin_employment, grant_role
from core.people.models import Company, Department, Employment, JobRole, Location, Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from core.world import World

PASSWORD = "trilha-demo"  # noqa: S105  (written on the sign-in page of the demonstration, made nowhere else)
DEPARTMENTS = (
    "Retail banking",
    "Business banking",
    "Corporate banking",
    "Customer service",
    "People and culture",
    "Compliance and audit",
    "Technology",
)
PLACES = (
    ("São Paulo, Paulista", "Avenida Paulista, 1111", "São Paulo", "SP", "01310-000"),
    ("Belo Horizonte, Savassi", "Rua das Acácias, 220", "Belo Horizonte", "MG", "30140-000"),
    ("Curitiba, Centro", "Rua do Mate, 85", "Curitiba", "PR", "80020-000"),
    ("Ribeirão Preto, Centro", "Rua do Café, 410", "Ribeirão Preto", "SP", "14010-000"),
    ("Rio de Janeiro, Botafogo", "Praia da Enseada, 300", "Rio de Janeiro", "RJ", "22250-000"),
)
JOB_ROLES = (
    "Relationship manager",
    "Account manager",
    "Customer-service manager",
    "Team lead",
    "Recruiter",
    "HR partner",
    "Compliance officer",
    "Auditor",
    "Trainer",
    "Systems administrator",
    "Director",
)
# account, name, locale, roles, job role, department
CAST = (
    ("admin", "Renata Sobral", "pt_BR", (Role.ADMINISTRATOR,), "Systems administrator", "Technology"),
    ("executive", "Otávio Meirelles", "pt_BR", (Role.EXECUTIVE,), "Director", "Corporate banking"),
    ("manager", "Cláudia Vasconcelos", "pt_BR", (Role.MANAGER,), "Team lead", "Retail banking"),
    ("recruiter", "Davi Monteverde", "en", (Role.RECRUITER,), "Recruiter", "People and culture"),
    ("interviewer", "Lívia Andrade Prates", "pt_BR", (Role.INTERVIEWER,), "Relationship manager", "Retail banking"),
    ("hr", "Sônia Barreto", "pt_BR", (Role.HR,), "HR partner", "People and culture"),
    ("buddy", "Marcelo Tinoco", "pt_BR", (Role.BUDDY,), "Relationship manager", "Retail banking"),
    ("mentor", "Rosana Quadros", "pt_BR", (Role.MENTOR,), "Relationship manager", "Business banking"),
    ("trainer", "Fernando Aguilar", "en", (Role.TRAINER,), "Trainer", "People and culture"),
    ("compliance", "Ester Campanha", "pt_BR", (Role.COMPLIANCE,), "Compliance officer", "Compliance and audit"),
    ("auditor", "Heitor Valadão", "en", (Role.AUDITOR,), "Auditor", "Compliance and audit"),
    ("newhire", "Camila Sertório", "pt_BR", (Role.NEW_HIRE,), "Relationship manager", "Retail banking"),
)
# further new hires: name, job role, department, place, days from today to the first day
NEW_HIRES = (
    ("Joana Petrillo", "Account manager", "Corporate banking", 0, -24),
    ("Murilo Cabanas", "Customer-service manager", "Customer service", 2, -12),
    ("Teresa Villaforte", "Relationship manager", "Business banking", 1, -3),
    ("Bento Arruda Lins", "Relationship manager", "Retail banking", 4, 7),
)
COLLEAGUES = (
    "Adriana Fontoura",
    "Bernardo Salles",
    "Carla Menezes Pinho",
    "Danilo Brandt",
    "Elisa Montenegro",
    "Fábio Laranjeira",
    "Gabriela Torres Viana",
    "Hugo Pacheco",
    "Isadora Nunes Leal",
    "Jorge Amoroso",
    "Kátia Bragança",
    "Luan Espíndola",
    "Márcia Dornelas",
    "Nicolas Farah",
    "Odete Cardim",
    "Pedro Alencastro",
    "Raquel Simões",
    "Sérgio Taborda",
    "Talita Moura Reis",
    "Ulisses Gama",
    "Vera Lúcia Proença",
    "Wagner Pestana",
    "Ximena Duarte",
    "Yuri Cavalheiro",
    "Zuleica Matoso",
)


def populate(world: World) -> None:
    """Found the bank and employ everybody, each since a day of their own."""
    first_day = world.at(-1600)
    with standing_at(first_day):
        _found(world)
    for account, name, locale, roles, job_role, department in CAST:
        days = -9 if account == "newhire" else -1500 + 37 * len(world.people)
        with standing_at(world.at(min(days, -9) - 5)):
            person = _person(name, f"{account}@demo.trilha.test", locale, roles)
            open_account(person, password=PASSWORD)
            world.people[account] = person
            employment = _employ(world, person, job_role, department, 0, _weekday(world.today + timedelta(days=days)))
        if account == "newhire":
            world.new_hires.append((person, employment, world.people["manager"], world.people["buddy"]))
    _colleagues(world)
    for name, job_role, department, place, days in NEW_HIRES:
        with standing_at(world.at(min(days, 0) - 6)):
            person = _person(name, _address(name), "pt_BR", (Role.NEW_HIRE,))
            employment = _employ(world, person, job_role, department, place, _weekday(world.today + timedelta(days=days)))
        world.new_hires.append((person, employment, world.people["manager"], world.people["buddy"]))
    session.flush()


def _found(world: World) -> None:
    session.add(
        Company(
            name="Banco Aurora",
            mission="Dar a cada cliente o conselho que daríamos à nossa própria família.",
            vision="Ser, em cada cidade onde estamos, o banco que as pessoas recomendam.",
            culture="Escutamos antes de falar. Cumprimos o combinado. Dizemos quando não sabemos. Crescemos junto com quem atendemos.",
            website="https://bancoaurora.example",
            address="Avenida Paulista, 1111, São Paulo",
            asks_survey=True,
        )
    )
    world.departments = {name: Department(name=name) for name in DEPARTMENTS}
    world.places = {
        name: Location(name=name, address=street, city=city, region=region, postal_code=code) for name, street, city, region, code in PLACES
    }
    world.job_roles = {name: JobRole(name=name) for name in JOB_ROLES}
    session.add_all([*world.departments.values(), *world.places.values(), *world.job_roles.values()])
    session.flush()


def _colleagues(world: World) -> None:
    roles = ("Relationship manager", "Account manager", "Customer-service manager")
    departments = ("Retail banking", "Business banking", "Corporate banking", "Customer service")
    for number, name in enumerate(COLLEAGUES):
        days = -1400 + world.random.randrange(1200)
        with standing_at(world.at(days - 5)):
            person = _person(name, _address(name), "pt_BR" if number % 4 else "en", ())
            job_role = roles[number % 3]
            department = departments[3] if job_role == "Customer-service manager" else departments[number % 3]
            _employ(world, person, job_role, department, number % 5, _weekday(world.today + timedelta(days=days)))


def _person(name: str, email: str, locale: str, roles: tuple[Role, ...]) -> Person:
    person = add_person(name=name, email=email, by=None, locale=locale)
    for role in roles:
        grant_role(person, role, by=None)
    session.flush()
    session.expire(person)
    return get_person_by_key(person.id)


def _employ(world: World, person: Person, job_role: str, department: str, place: int, starts_on: date) -> Employment:
    manager = world.people.get("manager")
    employment = begin_employment(
        person,
        job_role=world.job_roles[job_role],
        department=world.departments[department],
        location=list(world.places.values())[place],
        manager=None if manager is None or manager.id == person.id or job_role == "Director" else manager,
        starts_on=starts_on,
        by=None,
    )
    world.colleagues.append(person)
    return employment


def _weekday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _address(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isascii() and (c.isalnum() or c == " "))
    return ".".join(plain.split()[:2]) + "@demo.trilha.test"
