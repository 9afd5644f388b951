"""Profiles, and the requests that relays answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import actions, contributions, permissions
from .access import waiting_room
from .forms import ChangeCpasForm, ProfileForm, RefuseForm, SuspendForm
from .models import Member
from .wording import cpas_name

PER_PAGE = 20
ANSWERS_SHOWN = 20


def profile(request: HttpRequest) -> HttpResponse:
    """Show somebody what Agora knows of them and who reads it."""
    person = request.user
    context = {"person": person, "themes": person.themes.all(), "cpas": cpas_name(person.cpas)}
    return render(request, "people/profile.html", context)


def edit_profile(request: HttpRequest) -> HttpResponse:
    """Change one's own words: name, function, service, seniority, themes, language."""
    member = Member.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        actions.keep_profile(form)
        with translation.override(member.language):
            messages.success(request, _("Votre profil est enregistré."))
            return redirect("people:profile")
    return render(request, "people/edit_profile.html", {"form": form})


def change_cpas(request: HttpRequest) -> HttpResponse:
    """Move to another CPAS, after saying what that closes and who opens it again."""
    member = Member.objects.get(pk=request.user.pk)
    form = ChangeCpasForm(request.POST or None, member=member, initial={"cpas": None})
    if request.method == "POST" and form.is_valid():
        actions.change_cpas(member, form.cleaned_data["cpas"])
        return redirect("people:waiting")
    context = {"form": form, "person": member, "cpas": cpas_name(member.cpas)}
    return render(request, "people/change_cpas.html", context)


def waiting(request: HttpRequest) -> HttpResponse:
    """Say where one's request stands; a member goes home."""
    return redirect("home") if request.user.is_validated else waiting_room(request, status=200)


def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member to another: their work, what they keep and told; never the address, never a figure."""
    person = _or_404(
        Member.objects.visible_to(request.user).select_related("cpas", "function", "service"), pk
    )
    context = {
        "person": person,
        "themes": person.themes.all(),
        "cpas": cpas_name(person.cpas),
        "shelves": contributions.shelves_of(person, request.user),
        "can_suspend": permissions.can_suspend(request.user, person),
    }
    return render(request, "people/member.html", context)


def requests(request: HttpRequest) -> HttpResponse:
    """List the people who wait for this user's answer, and the answers that may be taken back."""
    if not permissions.can_see_requests(request.user):
        raise Http404
    related = ("cpas", "function", "service")
    waiting = Member.objects.answerable_by(request.user).waiting().select_related(*related)
    paginator = Paginator(waiting.order_by("date_joined", "pk"), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    said = _("Demandes %(first)d à %(last)d sur %(count)d") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "count": paginator.count,
    }
    context = {
        "page": page,
        "numbers": paginator.get_elided_page_range(page.number),
        "said": said,
        "answers": Member.objects.answered_by(request.user).select_related(*related)[:ANSWERS_SHOWN],
    }
    return render(request, "people/requests.html", context)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say « c'est bien un collègue »."""
    person = _answerable(request, pk)
    return _answer(
        request,
        lambda: actions.validate_member(person, by=request.user),
        _("%(name)s est membre. Un courriel le lui dit.") % {"name": person.get_full_name()},
    )


def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a request, with a reason that the person reads."""
    person = _answerable(request, pk)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(
            request,
            lambda: actions.refuse_member(person, by=request.user, reason=form.cleaned_data["reason"]),
            _("La demande de %(name)s est refusée. Un courriel l’invite à lire votre raison.")
            % {"name": person.get_full_name()},
        )
    context = {"form": form, "person": person, "cpas": cpas_name(person.cpas)}
    return render(request, "people/refuse.html", context)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's answer back: the request waits again."""
    person = _or_404(Member.objects.answered_by(request.user), pk)
    return _answer(
        request,
        lambda: actions.reopen_request(person, by=request.user),
        _("La demande de %(name)s attend de nouveau une réponse.") % {"name": person.get_full_name()},
    )


def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a member's access, with a reason for whoever may open it again."""
    person = _or_404(Member.objects.visible_to(request.user), pk)
    if not permissions.can_suspend(request.user, person):
        raise Http404
    form = SuspendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(
            request,
            lambda: actions.suspend_member(person, by=request.user, reason=form.cleaned_data["reason"]),
            _("L’accès de %(name)s est fermé. Vous pouvez le rouvrir ici.")
            % {"name": person.get_full_name()},
        )
    return render(request, "people/suspend.html", {"form": form, "person": person})


def _or_404(members, pk: int) -> Member:
    """The one gate from a number to a member: 404 for whoever is not among these."""
    person = members.filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def _answerable(request: HttpRequest, pk: int) -> Member:
    """Somebody whom this user answers, whatever the state: a second click is told, not refused."""
    return _or_404(Member.objects.answerable_by(request.user).select_related("cpas"), pk)


def _answer(request: HttpRequest, act, said: str) -> HttpResponse:
    """Do an act once, say what happened, and go back to the requests."""
    try:
        act()
    except actions.AlreadyAnswered:
        messages.info(request, _("Cette demande a déjà reçu une réponse. Rien n’a été changé."))
    else:
        messages.success(request, said)
    return redirect("people:requests")
