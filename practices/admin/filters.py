"""How the editors narrow the listing of sheets. A name of its own: django-filter calls these so."""

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from agora.people.models import Member
from agora.vocabulary.models import Cpas, Theme

from ..models import PracticePage
from ..shelf.querysets import due_by, unkept

SHOWCASE = [("yes", _("ouvertes à tous")), ("no", _("pour les membres"))]
REVIEW = [("overdue", _("à relire, le jour est passé")), ("fresh", _("encore fraîches"))]
KEEPER = [("nobody", _("sans personne pour les tenir"))]


class SheetFilterSet(WagtailFilterSet):
    """Theme, CPAS of origin, keeper, age, reading day, showcase, language, form."""

    locale = django_filters.ModelChoiceFilter(label=_("Langue"), queryset=Locale.objects.all())
    kind = django_filters.ChoiceFilter(label=_("Forme"), choices=PracticePage.Kind.choices)
    maturity = django_filters.MultipleChoiceFilter(
        label=_("Âge de la pratique"),
        choices=PracticePage.Maturity.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = django_filters.ModelMultipleChoiceFilter(
        label=_("Thème"), queryset=Theme.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    origin = django_filters.ModelMultipleChoiceFilter(
        label=_("CPAS d’origine"), queryset=Cpas.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Tenue par"),
        queryset=lambda request: Member.objects.filter(
            pk__in=PracticePage.objects.order_by().values("owner_id").distinct()
        ),
    )
    kept = django_filters.ChoiceFilter(label=_("Sans responsable"), choices=KEEPER, method="without_keeper")
    review = django_filters.ChoiceFilter(label=_("Relecture"), choices=REVIEW, method="by_review")
    showcase = django_filters.ChoiceFilter(label=_("Vitrine"), choices=SHOWCASE, method="by_showcase")

    class Meta:
        model = PracticePage
        fields = []

    def without_keeper(self, queryset, name: str, value: str):
        """Keep the sheets for which nobody answers."""
        return queryset.filter(unkept())

    def by_review(self, queryset, name: str, value: str):
        """Keep the sheets whose term has come ("overdue"), or the others."""
        due = due_by(timezone.localdate())
        return queryset.filter(due) if value == "overdue" else queryset.exclude(due)

    def by_showcase(self, queryset, name: str, value: str):
        """Keep the sheets that visitors read ("yes"), or the others."""
        return queryset.filter(is_showcase=value == "yes")
