"""What a member can do now, in five minutes or less: the heart of the home page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agora.discussion.questions import open_question_for
from agora.people.models import Member
from agora.people.roles import RELAY, roles_of
from forum.questions.listing import waiting_for
from practices.addresses import about_url, sheet_url
from practices.keeping.waiting import unread_words
from practices.models import PracticePage
from practices.newest import worth_reading
from practices.review.pages import queue_for, rows_of
from practices.shelf.querysets import due_by, kept_by, longest_due_first
from practices.wording import capitalised, in_letters, since

SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShortAct:
    """One useful thing: how long it takes (minutes, 1 to 5), where it is done, why it helps."""

    minutes: int
    url: str
    title: str
    reason: str
    language: str = ""  # of the title, when it is not the interface's
    confirm_url: str = ""  # where one click does it, for « toujours valable »

    @property
    def tiles(self) -> str:
        """The five tiles: one full per minute."""
        return "1" * self.minutes + "0" * (5 - self.minutes)


def short_acts(user) -> list[ShortAct]:
    """Return at most five acts for a validated member, the shortest first."""
    found = [
        *_validations(user),
        *_proposals(user),
        *_words(user),
        *_own_profile(user),
        *_overdue(user),
        *_to_read(user),
        *_question(user),
        *_write(),
    ]
    return sorted(found, key=lambda act: act.minutes)[:SHOWN]


def _validations(user) -> Iterator[ShortAct]:
    count = 0
    if RELAY in roles_of(user):
        count = Member.objects.filter(status=Member.Status.PENDING, cpas=user.cpas_id).count()
    if count:
        title = ngettext(
            "Dire si %(count)d personne travaille bien chez vous",
            "Dire si %(count)d personnes travaillent bien chez vous",
            count,
        ) % {"count": count}
        yield ShortAct(
            1,
            reverse("people:requests"),
            title,
            _("Tant que vous n’avez pas répondu, rien ne leur est ouvert."),
        )


def _proposals(user) -> Iterator[ShortAct]:
    waiting = queue_for(user)[:2]
    rows = rows_of(waiting)
    if rows:
        one = _("Répondre à une proposition pour « %(title)s »")
        title = one if len(rows) == 1 else _("Répondre à des propositions")
        yield ShortAct(
            3,
            rows[0].url if len(rows) == 1 else reverse("practices:proposals"),
            title % {"title": rows[0].title},
            _("%(who)s %(age)s.") % {"who": rows[0].who, "age": rows[0].age},
        )


def _words(user) -> Iterator[ShortAct]:
    if count := unread_words(user):
        title = ngettext("Lire un mot reçu", "Lire %(n)s mots reçus", count) % {"n": in_letters(count)}
        yield ShortAct(
            1, reverse("practices:words"), title, _("Une fiche que vous tenez a servi à quelqu’un.")
        )


def _own_profile(user) -> Iterator[ShortAct]:
    if user.cpas_id and not user.function_id:
        yield ShortAct(
            1,
            reverse("people:profile"),
            _("Dire quel est votre métier"),
            _("Vos collègues sauront d’où vous parlez."),
        )


def _overdue(user) -> Iterator[ShortAct]:
    today = timezone.localdate()
    mine = PracticePage.objects.visible_to(user).filter(kept_by(user), due_by(today))
    for page in longest_due_first(mine.select_related("locale").defer("rendered"))[:1]:
        yield ShortAct(
            1,
            page.get_absolute_url(),
            _("Votre fiche « %(title)s » est-elle toujours valable ?") % {"title": page.title},
            _("À relire depuis %(duration)s. Si elle est encore juste, un clic suffit.")
            % {"duration": since(page.review_due_on, today)},
            confirm_url=about_url("practices:confirm", page.slug, page.locale.language_code),
        )


def _to_read(user) -> Iterator[ShortAct]:
    # In the language she reads now, and not what her own CPAS told or tried.
    card = worth_reading(user, get_language()[:2])
    if card:
        tried = len(card.tried_by)
        reason = (
            ngettext("Un CPAS l’a essayée.", "%(n)s CPAS l’ont essayée.", tried)
            % {"n": capitalised(in_letters(tried))}
            if tried
            else _("Personne d’autre ne l’a encore essayée.")
        )
        title = _("Lire « %(title)s »") % {"title": card.title}
        yield ShortAct(2, sheet_url(card.slug, card.language), title, reason)


def _question(user) -> Iterator[ShortAct]:
    if asked := waiting_for(user):
        age = since(timezone.localdate(asked.asked_at), timezone.localdate())
        yield ShortAct(
            3,
            asked.get_absolute_url(),
            asked.title,
            _("Posée aux collègues il y a %(duration)s. Personne n’a encore répondu.") % {"duration": age},
            asked.language,
        )
        return
    question = open_question_for(user)
    if question:
        yield ShortAct(
            3,
            question.url,
            question.extract,
            _("%(name)s (%(cpas)s) demande, sous « %(title)s ». Personne n’a encore répondu.")
            % {"name": question.name, "cpas": question.cpas, "title": question.about},
            question.language,
        )


def _write() -> Iterator[ShortAct]:
    yield ShortAct(
        5,
        f"{reverse('practices:write')}?kind=tip",
        _("Raconter une astuce en 600 caractères"),
        _("Ce qui marche chez vous et que personne n’a jamais écrit."),
    )
