"""The page tree that Agora needs to run: one home and one catalogue per language, and the texts of the house.

Built by `manage.py build_tree`, which can be run at any time: it makes what is missing and leaves
alone what editors changed.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.sites.models import Site as CommentSite
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from agora.people.roles import ADMINISTRATOR, EDITOR, MODERATOR, TRAINER
from agora.richtext.render import render
from practices.models import PracticeIndexPage
from search import generations, outbox

from .indexing import SOURCE
from .models import HomePage, StandardPage

TEXTS = Path(__file__).parent / "pages"
LANGUAGES = ("fr", "nl")
CATALOGUES = {"fr": ("Les pratiques", "pratiques"), "nl": ("De praktijken", "praktijken")}

# The texts of the house, in the order of the footer: key → slug in each language.
STANDARD_PAGES = {
    "help": {"fr": "aide", "nl": "hulp"},
    "charter": {"fr": "charte", "nl": "charter"},
    "privacy": {"fr": "vie-privee", "nl": "privacy"},
    "accessibility": {"fr": "accessibilite", "nl": "toegankelijkheid"},
    "about": {"fr": "qui-tient-agora", "nl": "wie-beheert-agora"},
    "problem": {"fr": "signaler-un-probleme", "nl": "een-probleem-melden"},
}


@dataclass(frozen=True, slots=True)
class Tree:
    """The fixed points of the tree, by language code."""

    homes: dict[str, HomePage]
    catalogues: dict[str, PracticeIndexPage]


@transaction.atomic
def build_tree() -> Tree:
    """Make what is missing of the tree and return its fixed points; changes nothing that exists."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    homes = _homes(locales)
    catalogues = _catalogues(homes)
    _standard_pages(homes)
    _rights(homes)
    _comment_site()
    return Tree(homes, catalogues)


def standing_tree() -> Tree | None:
    """Return the fixed points of a tree that was built before (two queries), None when some are missing."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    catalogues = {
        page.locale.language_code: page for page in PracticeIndexPage.objects.select_related("locale")
    }
    whole = set(homes) == set(catalogues) == set(LANGUAGES)
    return Tree(homes, catalogues) if whole else None


def _homes(locales: dict[str, Locale]) -> dict[str, HomePage]:
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    root = Page.get_first_root_node()
    for code in LANGUAGES:
        if code in homes:
            continue
        page = HomePage(title="Agora CPAS·OCMW", slug=f"agora-{code}", locale=locales[code])
        if homes:
            page.translation_key = next(iter(homes.values())).translation_key
        homes[code] = root.add_child(instance=page)
        root = Page.get_first_root_node()
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = "Agora CPAS·OCMW"
    site.root_page = homes["fr"]
    site.save()
    # Wagtail's own welcome page, now that no site hangs on it.
    for page in Page.objects.filter(depth=2, content_type__app_label="wagtailcore"):
        page.delete()
    return {code: HomePage.objects.get(pk=page.pk) for code, page in homes.items()}


def _catalogues(homes: dict[str, HomePage]) -> dict[str, PracticeIndexPage]:
    made = {page.locale.language_code: page for page in PracticeIndexPage.objects.select_related("locale")}
    for code in LANGUAGES:
        if code in made:
            continue
        title, slug = CATALOGUES[code]
        page = PracticeIndexPage(title=title, slug=slug, locale=homes[code].locale)
        if made:
            page.translation_key = next(iter(made.values())).translation_key
        made[code] = homes[code].add_child(instance=page)
    return made


def _standard_pages(homes: dict[str, HomePage]) -> None:
    for key, slugs in STANDARD_PAGES.items():
        keys = set()
        for code in LANGUAGES:
            home = HomePage.objects.get(pk=homes[code].pk)
            existing = StandardPage.objects.child_of(home).filter(slug=slugs[code]).first()
            if existing is None:
                title, introduction, body = read_text(code, key)
                existing = StandardPage(
                    title=title, slug=slugs[code], introduction=introduction, body=body, locale=home.locale
                )
                if keys:
                    existing.translation_key = next(iter(keys))
                home.add_child(instance=existing)
                existing.save_revision()
                if generations.is_built():
                    outbox.enqueue(SOURCE.uid(existing.pk))
            keys.add(existing.translation_key)


def read_text(language: str, key: str) -> tuple[str, str, str]:
    """Read a text of the house: its title (first line), its lead (second paragraph), its HTML."""
    title, lead, body = (TEXTS / language / f"{key}.md").read_text("utf-8").split("\n\n", 2)
    # Members write h3 and below inside a sheet; here the headings stand right under the page's title.
    html = render(body).replace("<h3>", "<h2>").replace("</h3>", "</h2>")
    return title.removeprefix("# ").strip(), lead.strip().replace("\n", " "), html


def _rights(homes: dict[str, HomePage]) -> None:
    """Editors, trainers and moderators work on pages in Wagtail's admin; administrators too."""
    for role in (EDITOR, MODERATOR, TRAINER, ADMINISTRATOR):
        group = Group.objects.get_or_create(name=role)[0]
        codes = (
            ["add_page", "change_page"] if role == TRAINER else ["add_page", "change_page", "publish_page"]
        )
        permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codes)
        for home in homes.values():
            for permission in permissions:
                GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        collection = Collection.get_first_root_node()
        # Wagtail asks for the rights of its own models, whatever models stand in their place.
        for model, app in (("image", "wagtailimages"), ("document", "wagtaildocs")):
            for verb in ("add", "change", "choose"):
                permission = Permission.objects.filter(
                    content_type__app_label=app, codename=f"{verb}_{model}"
                ).first()
                if permission:
                    GroupCollectionPermission.objects.get_or_create(
                        group=group, collection=collection, permission=permission
                    )


def _comment_site() -> None:
    """Comments hang on Django's own Site, which has nothing to do with Wagtail's."""
    CommentSite.objects.update_or_create(
        pk=settings.SITE_ID,
        defaults={"domain": urlsplit(settings.SITE_URL).netloc, "name": "Agora CPAS·OCMW"},
    )
    CommentSite.objects.clear_cache()
