"""The page form of Wagtail for a sheet, held to the rule of the house: nothing is overwritten in silence.

A name of its own: it stands in for Wagtail's own edit view (see the viewset in wagtail_hooks).
"""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from ..models import PracticePage


class SheetEditView(EditView):
    """Wagtail refuses to *autosave* over a newer version, but a click on its button would."""

    def form_valid(self, form) -> HttpResponse:
        """Stop once when somebody saved another version since this form was opened; the text stays typed."""
        if not self.is_out_of_date:
            return super().form_valid(form)
        # The page is shown again as it now stands in the database, with what was typed: a second click is
        # a decision.
        said = _(
            "Une autre version a été enregistrée pendant que vous écriviez. Votre texte est ici, il n’est "
            "pas enregistré. Lisez l’historique de la fiche, reprenez ce qui manque ; enregistrer à nouveau "
            "met votre texte à la place de l’autre."
        )
        messages.error(self.request, said)
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())


class SheetViewSet(PageViewSet):
    """The views of Wagtail for sheets."""

    model = PracticePage
    edit_view_class = SheetEditView
