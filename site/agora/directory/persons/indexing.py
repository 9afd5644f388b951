"""What search knows of a member: what colleagues read on their page, when they let themselves be found.

Never the address, nothing that they did. A person is found under the words of both languages, and stands
among the texts of the language in which Agora speaks to them.
"""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agora.people.audience import MEMBERS
from agora.people.models import SPOKEN, Member
from agora.people.wording import cpas_name
from search import documents
from search.contract import LANGUAGES, ContributionDoc

from ..wording import feminine

KIND = "person"
WEIGHT = 0.75  # of a person beside a sheet (1.0): who asks for a word wants a text first


def register() -> None:
    """Tell search that members can be found."""
    documents.register(SOURCE)


def indexed() -> QuerySet[Member]:
    """Return every member who lets themselves be found, with all that `build` reads."""
    findable = Member.objects.filter(status=Member.Status.ACTIVE, is_active=True, is_findable=True)
    return _with_words(findable)


def build(person: Member) -> ContributionDoc:
    """Return a member as the index knows them."""
    words = words_of(person)
    both = [_work(person, language) for language in LANGUAGES]
    both += [feminine(person.function.name_fr)] if person.function else []
    facets = {"theme": tuple(theme.slug for theme in person.themes.all())}
    if person.function:
        facets["function"] = (person.function.slug,)
    if person.service:
        facets["service"] = (person.service.slug,)
    if person.cpas_id:
        facets["cpas"] = (person.cpas_id,)
    return ContributionDoc(
        uid=SOURCE.uid(person.pk),
        language=words.language,
        title=words.title,
        summary=words.summary,
        body="\n".join([*both, *(_interests(person, language) for language in LANGUAGES)]),
        audience=frozenset({MEMBERS}),
        updated=person.date_joined,
        facets=facets,
        weight=WEIGHT,
    )


def words_of(person: Member) -> documents.Text:
    """Return a member in the words of their own language; no query when themes came along."""
    return documents.Text(
        language=person.language,
        title=person.get_full_name(),
        summary=_work(person, person.language),
        body=_interests(person, person.language),
    )


def visible(user) -> QuerySet[Member]:
    """Return the members whom a user may find, with all that a row of results prints."""
    return _with_words(Member.objects.visible_to(user).filter(is_findable=True))


def address_of(person: Member) -> str:
    """Return the page about a member, in the language that is being read."""
    return reverse("people:member", kwargs={"pk": person.pk})


def _with_words(people: QuerySet[Member]) -> QuerySet[Member]:
    return people.select_related("cpas", "function", "service").prefetch_related("themes")


def _work(person: Member, language: str) -> str:
    """Return « Médiatrice de dettes (AS), Médiation de dettes, CPAS de Jette »."""
    with translation.override(language):
        said = [person.function and person.function.name, person.service and person.service.name]
        short = getattr(person.function, f"short_{language}", "") if person.function else ""
        if short and said[0]:
            said[0] = f"{said[0]} ({short})"
        return ", ".join(filter(None, [*said, cpas_name(person.cpas)]))


def _interests(person: Member, language: str) -> str:
    """Return the themes that somebody follows and the languages they speak, as two sentences."""
    with translation.override(language):
        themes = ", ".join(theme.name for theme in person.themes.all())
        spoken = ", ".join(str(name) for code, name in SPOKEN.items() if code in person.spoken)
        said = [
            _("Thèmes suivis : %(themes)s.") % {"themes": themes} if themes else "",
            _("Parle : %(languages)s.") % {"languages": spoken} if spoken else "",
        ]
    return " ".join(filter(None, said))


SOURCE = documents.Source(
    kind=KIND,
    is_related=False,
    label=gettext_lazy("Personnes"),
    queryset=indexed,
    build=build,
    visible=visible,
    template="directory/person_hit.html",
    text=words_of,
    fallback_fields=(
        "first_name", "last_name", "function__name_fr", "function__name_nl", "cpas__name_fr", "cpas__name_nl",
    ),
    url=address_of,
)  # fmt: skip
