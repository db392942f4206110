"""A public posting in plain values, for feeds and search engines."""

from core.people.models import Company
from core.web.addresses import absolute_url
from core.web.markdown import render_markdown
from hiring.careers.structured import Job
from hiring.postings.models import Posting


def job_of(posting: Posting, company: Company | None) -> Job:
    """The posting as outsiders read it. It must have been opened, with `location` and `department` loaded."""
    assert posting.opened_at is not None
    place = posting.location
    texts = (posting.summary, posting.responsibilities, posting.qualifications)
    return Job(
        id=str(posting.public_id),
        url=absolute_url("careers.show", slug=posting.slug),
        title=posting.title,
        summary=posting.summary,
        description="".join(render_markdown(text) for text in texts if text),
        opened_at=posting.opened_at,
        changed_at=posting.changed_at,
        closes_on=posting.closes_on,
        time_zone=place.time_zone,
        employment_type=posting.employment_type.value,
        workplace=posting.workplace.value,
        department=posting.department.name,
        place=place.name,
        street=place.address,
        city=place.city,
        region=place.region,
        postal_code=place.postal_code,
        country=place.country,
        salary_from=posting.salary_from,
        salary_to=posting.salary_to,
        currency=posting.currency,
        salary_period=posting.salary_period.value,
        language=posting.language,
        company=company.name if company else "",
        company_url=company.website if company else "",
    )
