"""The acts on debates: open, reword, add, take away, bring back, let sleep, wake.

Each says which edition its writer saw: words that moved meanwhile are never overwritten.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.discussion import calling
from agora.people.models import Member
from agora.vocabulary.models import Theme
from search import outbox

from ..models import Argument, Debate, DebateChange, Position
from ..questions.wording import checked, guarded, title_of
from . import permissions

UID = "debate:{}".format
Code = DebateChange.Code
LINE, TEXT, ARGUMENT = 160, 2000, 1200  # characters
MOST_POSITIONS, MOST_ARGUMENTS = 8, 30  # of a debate, of a position: more is not read

log = logging.getLogger("agora.debates")


@transaction.atomic
def open_debate(
    by: Member,
    question: str,
    agreement: str,
    claims: Iterable[str],
    *,
    themes: Iterable[Theme],
    language: str,
    is_sure: bool = False,
) -> Debate:
    """Open a debate with its question, what the disagreement is about, and at least two positions."""
    if not permissions.can_open(by):
        raise PermissionDenied
    question = title_of(question, LINE, field="question")
    agreement = checked(agreement, TEXT, field="agreement")
    claims = [title_of(claim, LINE, field=f"claim_{n}") for n, claim in enumerate(claims)]
    themes = list(themes)
    if not themes:
        raise ValidationError({"themes": _("Choisissez au moins un thème.")})
    texts = {"question": question, "agreement": agreement}
    guarded(by, texts | {f"claim_{n}": claim for n, claim in enumerate(claims)}, language, is_sure=is_sure)
    made = Debate.objects.create(question=question, agreement=agreement, language=language)
    made.themes.set(themes)
    Position.objects.bulk_create([Position(debate=made, claim=claim) for claim in claims])
    _note(made, Code.OPENED, by, after=agreement)
    _tell_called(by, made, "\n".join((question, agreement, *claims)))
    return made


def _locked(by: Member, debate: Debate) -> Debate:
    current = Debate.objects.select_for_update(of=("self",)).get(pk=debate.pk)
    if not permissions.can_change(by, current):
        raise PermissionDenied
    return current


def _note(debate: Debate, code: str, by: Member, *, narrowed: bool = False, **facts) -> None:
    """Write a change down, in its transaction, and tell search."""
    debate.moved_at = timezone.now()
    debate.save(update_fields=["moved_at"])
    DebateChange.objects.create(debate=debate, code=code, by=by, **facts)
    (outbox.narrow if narrowed else outbox.enqueue)(UID(debate.pk))
    log.info("debate.%s id=%s by=%s", code, debate.pk, by.pk)


def _tell_called(by: Member, debate: Debate, text: str, before: str = "") -> None:
    """Write to whom a passage calls and its former words did not; in its transaction."""
    known = {each.handle for each in calling.called_in(by, before)} if before else ()
    people = [each for each in calling.called_in(by, text) if each.handle not in known]
    calling.tell(people, lambda: settings.SITE_URL + debate.get_absolute_url())


def _unmoved(row, seen: int) -> None:
    if row.edition != seen:
        raise ValidationError(
            _("Quelqu’un a changé ces mots entre-temps. Relisez-les ci-dessus : votre texte est gardé.")
        )


@transaction.atomic
def reword(
    by: Member, debate: Debate, question: str, agreement: str, *, seen: int, is_sure: bool = False
) -> None:
    """Reword the question and what the disagreement is about; the former words stay in the history."""
    current = _locked(by, debate)
    question = title_of(question, LINE, field="question")
    agreement = checked(agreement, TEXT, field="agreement")
    _unmoved(current, seen)
    guarded(by, {"question": question, "agreement": agreement}, current.language, is_sure=is_sure)
    was = current.question, current.agreement
    if (question, agreement) == was:
        return
    current.question, current.agreement, current.edition = question, agreement, current.edition + 1
    current.save(update_fields=["question", "agreement", "edition"])
    if question != was[0]:
        _note(current, Code.QUESTION, by, before=was[0], after=question, narrowed=True)
    if agreement != was[1]:
        _note(current, Code.AGREEMENT, by, before=was[1], after=agreement, narrowed=True)
    _tell_called(by, current, f"{question}\n{agreement}", "\n".join(was))


@transaction.atomic
def add_position(by: Member, debate: Debate, claim: str, detail: str, *, is_sure: bool = False) -> Position:
    """Add a way to answer."""
    current = _locked(by, debate)
    claim, detail = _position(by, current, claim, detail, is_sure)
    if current.positions.filter(removed_at__isnull=True).count() >= MOST_POSITIONS:
        raise ValidationError(
            _("Huit positions, c’est déjà beaucoup à lire : complétez plutôt l’une d’elles.")
        )
    made = Position.objects.create(debate=current, claim=claim, detail=detail)
    _note(current, Code.POSITION, by, after=claim, position=made)
    _tell_called(by, current, f"{claim}\n{detail}")
    return made


def _position(by: Member, debate: Debate, claim: str, detail: str, is_sure: bool) -> tuple[str, str]:
    claim, detail = title_of(claim, LINE, field="claim"), checked(detail, TEXT, field="detail")
    guarded(by, {"claim": claim, "detail": detail}, debate.language, is_sure=is_sure)
    return claim, detail


@transaction.atomic
def reword_position(
    by: Member, position: Position, claim: str, detail: str, *, seen: int, is_sure: bool = False
) -> None:
    """Reword a position, in words that those who hold it would sign."""
    debate = _locked(by, position.debate)
    current = Position.objects.select_for_update(of=("self",)).get(pk=position.pk)
    _unmoved(current, seen)
    claim, detail = _position(by, debate, claim, detail, is_sure)
    was = current.claim, current.detail
    if (claim, detail) == was:
        return
    current.claim, current.detail, current.edition = claim, detail, current.edition + 1
    current.save(update_fields=["claim", "detail", "edition"])
    before, after = ("\n\n".join(filter(None, pair)) for pair in (was, (claim, detail)))
    _note(debate, Code.REWORDED, by, before=before, after=after, position=current, narrowed=True)
    _tell_called(by, debate, after, before)


@transaction.atomic
def argue(
    by: Member,
    position: Position,
    text: str,
    source: str,
    source_url: str,
    *,
    is_against: bool = False,
    is_sure: bool = False,
) -> Argument:
    """Add an argument for a position; or (`is_against`) the best one against it, by somebody who holds it."""
    debate = _locked(by, position.debate)
    words = _argument(by, debate, text, source, source_url, is_sure)
    if position.arguments.filter(removed_at__isnull=True).count() >= MOST_ARGUMENTS:
        raise ValidationError(_("Trente arguments : récrivez plutôt l’un d’eux, pour qu’on les lise encore."))
    made = Argument.objects.create(position=position, is_against=is_against, **words)
    code = Code.AGAINST if is_against else Code.ARGUMENT
    _note(debate, code, by, after=made.text, position=position, argument=made)
    _tell_called(by, debate, made.text)
    return made


def _argument(
    by: Member, debate: Debate, text: str, source: str, source_url: str, is_sure: bool
) -> dict[str, str]:
    text = checked(text, ARGUMENT, field="text", needed=True)
    source = " ".join(checked(source, 300, field="source").split())
    guarded(by, {"text": text}, debate.language, is_sure=is_sure)
    return {"text": text, "source": source, "source_url": source_url}


@transaction.atomic
def correct(
    by: Member,
    argument: Argument,
    text: str,
    source: str,
    source_url: str,
    *,
    seen: int,
    is_sure: bool = False,
) -> None:
    """Reword an argument or its source."""
    debate = _locked(by, argument.position.debate)
    current = Argument.objects.select_for_update(of=("self",)).get(pk=argument.pk)
    _unmoved(current, seen)
    words = _argument(by, debate, text, source, source_url, is_sure)
    was = {name: getattr(current, name) for name in words}
    if words == was:
        return
    for name, value in words.items():
        setattr(current, name, value)
    current.edition += 1
    current.save(update_fields=[*words, "edition"])
    before, after = ("\n".join(filter(None, each.values())) for each in (was, words))
    _note(debate, Code.CORRECTED, by, before=before, after=after, argument=current, narrowed=True)
    _tell_called(by, debate, after, before)


@transaction.atomic
def remove(by: Member, passage: Position | Argument) -> None:
    """Take a position or an argument away; anybody may bring it back from the history."""
    is_position = isinstance(passage, Position)
    debate = _locked(by, passage.debate if is_position else passage.position.debate)
    gone = type(passage).objects.filter(pk=passage.pk, removed_at__isnull=True)
    if gone.update(removed_at=timezone.now()):
        words = passage.claim if is_position else passage.text
        about = {"position": passage} if is_position else {"argument": passage}
        _note(debate, Code.REMOVED, by, before=words, narrowed=True, **about)


@transaction.atomic
def restore(by: Member, change: DebateChange) -> None:
    """Bring back what a change took away; nothing happens where it is back already."""
    debate = _locked(by, change.debate)
    passage = change.position or change.argument
    if change.code != Code.REMOVED or passage is None:
        raise ValidationError(_("Ce passage n’a pas été enlevé."))
    if type(passage).objects.filter(pk=passage.pk, removed_at__isnull=False).update(removed_at=None):
        about = {"position": change.position, "argument": change.argument}
        _note(debate, Code.RESTORED, by, after=change.before, **about)


@transaction.atomic
def let_sleep(by: Member, debate: Debate, *, wake: bool = False) -> None:
    """Let a debate sleep (it is read, no longer changed), or wake it. Done twice, it changes nothing."""
    current = Debate.objects.select_for_update(of=("self",)).get(pk=debate.pk)
    if not permissions.can_read(by, current):
        raise PermissionDenied
    if current.is_open == wake:
        return
    current.asleep_since = None if wake else timezone.now()
    current.save(update_fields=["asleep_since"])
    _note(current, Code.WOKEN if wake else Code.ASLEEP, by)
