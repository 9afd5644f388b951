"""A published sheet written row by row, for tests that do not ask how one is published.

Publishing through the act asks the database a hundred times, nearly always for Wagtail's own checks: that was
a third of what all tests did. `test_factories.py` holds both to leaving the same rows.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from agora.richtext.render import RENDER_VERSION, render
from practices.actions import PracticeFields, _apply, free_slug
from practices.models import SECTIONS, CatalogueStamp, PracticeIndexPage, PracticePage, RevisionNote
from practices.permissions import can_write

LISTS = ("themes", "publics", "functions", "services", "missions", "circumstances", "attachments")


def write_sheet(fields: PracticeFields, *, by, language: str, is_showcase: bool) -> PracticePage:
    """Return a sheet as `create_practice` would have published it a moment ago."""
    assert can_write(by)
    fields.check()
    index = PracticeIndexPage.objects.select_related("locale").get(locale__language_code=language)
    moment = timezone.now()
    practice = PracticePage(
        slug=free_slug(fields.title, index),
        locale=index.locale,
        owner=by,
        live=False,
        is_showcase=is_showcase,
        reviewed_on=timezone.localdate(moment),
        first_published_at=moment,
        path=_next_path(index),
        depth=index.depth + 1,
    )
    _apply(fields, practice)
    practice.set_url_path(index)
    practice.rendered = {"v": RENDER_VERSION} | {name: render(getattr(practice, name)) for name in SECTIONS}
    words = {name: list(getattr(practice, name).all()) for name in LISTS}
    _insert(practice, index)
    revision = _revise(practice, by, moment)
    for name, values in words.items():
        _file_under(practice, name, values)
    RevisionNote.objects.bulk_create(
        [RevisionNote(revision=revision, author=by, significance="created", published_at=moment)]
    )
    _log(practice, by, revision, moment)
    practice = PracticePage.objects.get(pk=practice.pk)
    page_published.send(sender=PracticePage, instance=practice, revision=revision)
    CatalogueStamp.renew()
    return practice


def _next_path(index: PracticeIndexPage) -> str:
    last = Page.objects.filter(depth=index.depth + 1, path__startswith=index.path).order_by("path").last()
    return last._inc_path() if last else Page._get_path(index.path, index.depth + 1, 1)


def _insert(practice: PracticePage, index: PracticeIndexPage) -> None:
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    page = Page(**{name: getattr(practice, name) for name in names})
    Page.objects.bulk_create([page])
    practice.pk = practice.id = page.pk
    practice.save_base(raw=True, force_insert=True)  # the row of the sheet alone: that of the page is there
    Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + 1)


def _file_under(practice: PracticePage, name: str, values: list) -> None:
    if values:
        field = PracticePage._meta.get_field(name)
        through, ours, theirs = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_name()
        through.objects.bulk_create(
            [through(**{f"{ours}_id": practice.pk, theirs: value.pk}) for value in values]
        )


def _revise(practice: PracticePage, by, moment) -> Revision:
    """Write the version that stands, and make the page show it."""
    revision = Revision(
        content_type=ContentType.objects.get_for_model(PracticePage),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(practice.pk),
        created_at=moment,
        user=by,
        content=practice.serializable_data(),
        object_str=str(practice),
    )
    Revision.objects.bulk_create([revision])
    Page.objects.filter(pk=practice.pk).update(
        live=True,
        live_revision=revision,
        latest_revision=revision,
        latest_revision_created_at=moment,
        last_published_at=moment,
    )
    return revision


def _log(practice: PracticePage, by, revision: Revision, moment) -> None:
    acts = (("wagtail.create", None), ("wagtail.edit", revision), ("wagtail.publish", revision))
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=practice,
            content_type=ContentType.objects.get_for_model(PracticePage),
            label=str(practice),
            action=action,
            timestamp=moment,
            user=by,
            revision=version,
            content_changed=True,
        )
        for action, version in acts
    )
