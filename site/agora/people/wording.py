"""How people and places are named in sentences, in both languages."""

from django.utils.translation import gettext as _

from agora.vocabulary.models import Cpas


def cpas_name(cpas: Cpas | None) -> str:
    """Return « CPAS de Forest », « CPAS d’Uccle », « OCMW van Vorst »; empty without a CPAS."""
    if cpas is None:
        return ""
    name = cpas.name
    if name[0] in "AEIOUÉ":
        return _("CPAS d’%(name)s") % {"name": name}
    return _("CPAS de %(name)s") % {"name": name}


def answerer_of(member) -> str:
    """Return who answers a member's request: « le relais du CPAS de Forest », or the region's moderators."""
    if member._meta.model.objects.relays_of(member.cpas_id).exclude(pk=member.pk).exists():
        return _("le relais du %(cpas)s") % {"cpas": cpas_name(member.cpas)}
    return _("l’équipe régionale d’Agora")
