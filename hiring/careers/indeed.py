"""The XML feed that Indeed and boards like it read. Source: the field table of Indeed's XML feed instructions for employers."""

from collections.abc import Sequence
from datetime import datetime

from hiring.careers.structured import Job, plain_text

JOB_TYPES = {"full_time": "fulltime", "part_time": "parttime", "contractor": "contract", "temporary": "temporary", "intern": "internship"}
REMOTE_TYPES = {"remote": "Fully remote", "hybrid": "Hybrid remote"}
UNITS = {"month": "a month", "year": "a year", "hour": "an hour"}


def indeed_feed(jobs: Sequence[Job], *, publisher: str, publisher_url: str, built_at: datetime) -> bytes:
    """Every job, all values in CDATA: literal characters, no entities. A job's reference number is its id and never changes."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<source>"]
    lines += [_line("publisher", publisher), _line("publisherurl", publisher_url), _line("lastBuildDate", _instant(built_at))]
    for job in jobs:
        fields = {
            "title": job.title,
            "date": _instant(job.opened_at),
            "referencenumber": job.id,
            "requisitionid": job.id,
            "url": f"{job.url}?src=indeed",
            "company": job.company,
            "sourcename": job.company,
            "city": job.city,
            "state": job.region,
            "country": job.country,
            "postalcode": job.postal_code,
            "streetaddress": job.street,
            "description": job.description,
            "salary": _salary(job),
            "jobtype": JOB_TYPES.get(job.employment_type, ""),
            "category": job.department,
            "remotetype": REMOTE_TYPES.get(job.workplace, ""),
            "expirationdate": job.closes_on.isoformat() if job.closes_on else "",
            "lastactivitydate": _instant(job.changed_at),
        }
        lines += ["<job>", *(_line(name, value) for name, value in fields.items() if value), "</job>"]
    return "\n".join([*lines, "</source>", ""]).encode()


def _line(name: str, value: str) -> str:
    inside = plain_text(value).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{inside}]]></{name}>"


def _instant(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _salary(job: Job) -> str:
    amounts = [f"{amount / 100:,.2f}" for amount in dict.fromkeys((job.salary_from, job.salary_to)) if amount is not None]
    return f"{job.currency} {' - '.join(amounts)} {UNITS[job.salary_period]}" if amounts else ""
