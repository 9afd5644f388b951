"""What search adds to Wagtail's admin: trying a concept while it is written; situations, asked-for sheets."""

from django.contrib.auth.decorators import permission_required
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail import hooks

from agora.vocabulary.models import Concept

from . import snippets  # noqa: F401  (registers the menu « Recherche »)
from .plan import shorten
from .trying import compared

FIELDS = ("label_fr", "label_nl", "variants_fr", "variants_nl", "acronyms_fr", "acronyms_nl", "is_active")
LONGEST = 4000  # characters read of one field: forty variants of eighty


@hooks.register("register_admin_urls")
def admin_addresses():
    """Give the trial its address."""
    return [path("concepts/essayer/", try_concept, name="try_concept")]


@never_cache
@require_POST
@permission_required("vocabulary.change_concept", raise_exception=True)
def try_concept(request: HttpRequest) -> HttpResponse:
    """Show what the query « try » finds with the concept of the form as it stands; nothing is saved."""
    concept = written(request.POST)
    query = shorten(" ".join(request.POST.get("try", "").replace("\x00", "").split()))
    comparison = compared(query, concept, request.user) if query else None
    template = "search/admin/trial.html" if request.headers.get("X-Piece") else "search/admin/trial_page.html"
    return render(request, template, {"comparison": comparison, "query": query})


def written(posted) -> Concept:
    """Return the concept that a form holds, as it would be saved where it is valid, else as typed."""
    saved = posted.get("concept", "")
    concept = Concept.objects.filter(pk=saved).first() if saved.isdecimal() and len(saved) < 10 else None
    typed = {name: posted.get(name, "").replace("\x00", "")[:LONGEST] for name in FIELDS}
    form = modelform_factory(Concept, fields=FIELDS)(typed, instance=concept or Concept())
    form.is_valid()
    for name in FIELDS[:-1]:
        if name in form.errors:
            setattr(form.instance, name, typed[name])
    return form.instance
