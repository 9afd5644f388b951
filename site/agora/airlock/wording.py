"""What the gate says of each kind of finding: what it is, why it stands there, what to write instead."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .findings import Kind

_REGISTER = _("Ce numéro désigne une seule personne dans un registre.")


@dataclass(frozen=True, slots=True)
class Words:
    """A name for the kind, the reason, and what to write instead."""

    name: str | Promise
    why: str | Promise
    instead: str | Promise


WORDS = {
    Kind.NATIONAL_NUMBER: Words(
        _("Numéro national"),
        _("La loi en réserve l’usage, et il dit la date de naissance."),
        _("Enlevez-le : personne n’en a besoin pour comprendre."),
    ),
    Kind.BIS_NUMBER: Words(_("Numéro bis"), _REGISTER, _("Écrivez « un numéro bis ».")),
    Kind.CARD: Words(_("Numéro de carte ou de passeport"), _REGISTER, _("Écrivez « sa carte d’identité ».")),
    Kind.ACCOUNT: Words(_("Numéro de compte"), _("Il mène à son titulaire."), _("Écrivez « son compte ».")),
    Kind.PHONE: Words(
        _("Numéro de téléphone"),
        _("Il mène à une personne, ou à quelqu’un qui lui est proche."),
        _("Écrivez « par téléphone »."),
    ),
    Kind.EMAIL: Words(
        _("Adresse électronique"),
        _("Elle mène à une personne, et dit souvent son nom."),
        _("Écrivez « par courriel »."),
    ),
    Kind.PLATE: Words(
        _("Plaque de voiture"),
        _("Elle suit la personne, pas la voiture."),
        _("Écrivez « sa voiture »."),
    ),
    Kind.FILE_NUMBER: Words(
        _("Numéro de dossier"),
        _("Qui a accès au registre retrouve la personne."),
        _("Écrivez « son dossier », ou « un recours »."),
    ),
    Kind.NAME: Words(
        _("Prénom ou nom"),
        _("Même seul, un prénom rare suffit dans un quartier."),
        _("Écrivez son rôle : « la mère », « le fils aîné », « une collègue »."),
    ),
    Kind.PLACE: Words(
        _("Rue, place ou quartier"),
        _("On sait où chercher."),
        _("Écrivez « dans le quartier », « une commune bruxelloise »."),
    ),
    Kind.INSTITUTION: Words(
        _("École, hôpital ou employeur"),
        _("On y connaît la personne."),
        _("Écrivez « son école », « un hôpital », « son employeur »."),
    ),
    Kind.BIRTH: Words(
        _("Date de naissance"),
        _("Avec une commune, elle désigne presque toujours une seule personne."),
        _("Écrivez une tranche d’âge : « la quarantaine »."),
    ),
    Kind.AGE: Words(
        _("Âge exact"),
        _("Il précise beaucoup, et sert rarement."),
        _("Écrivez « une trentaine d’années », « un enfant d’âge scolaire »."),
    ),
    Kind.DAY: Words(
        _("Date exacte"),
        _("Elle se retrouve dans un jugement, un journal, un dossier."),
        _("Écrivez « au printemps », « il y a quelques mois »."),
    ),
    Kind.MIXTURE: Words(
        _("Combinaison rare"),
        _("Chaque détail est anodin ; ensemble, ils désignent quelqu’un."),
        _("Gardez celui qui compte, changez ou enlevez les autres."),
    ),
}
