"""Why a file may not come in, as sentences that each say what to do instead."""

from django.utils.translation import gettext_lazy as _

from .kinds import MOST_BYTES, MOST_FILES

LIMITS = {"too_big": MOST_BYTES // (1024 * 1024), "too_many": MOST_FILES}
SENTENCES = {
    "empty": _("Ce fichier est vide. Vérifiez-le, puis joignez-le à nouveau."),
    "too_big": _(
        "Ce fichier dépasse %(limit)d Mo. Réduisez ses images (dans Word : « Compresser les images »), "
        "ou enregistrez-le en PDF de taille réduite."
    ),
    "unknown": _(
        "Nous ne reconnaissons pas ce fichier. Joignez un PDF, un document Word, Excel, PowerPoint ou "
        "OpenDocument, ou une image JPEG, PNG ou WebP."
    ),
    "picture": _(
        "Cette sorte d’image n’est pas acceptée. Enregistrez-la en JPEG ou en PNG, puis joignez-la."
    ),
    "web_page": _(
        "Une page web ne se joint pas. Imprimez-la en PDF, ou mettez son adresse dans le texte de la fiche."
    ),
    "text": _(
        "Un fichier de texte simple ne se joint pas. Collez son texte dans la fiche, "
        "ou enregistrez-le en PDF."
    ),
    "program": _("Ce fichier contient un programme. Joignez seulement des documents et des images."),
    "archive": _(
        "Une archive (ZIP ou autre) ne se joint pas. Joignez les fichiers qu’elle contient, un par un."
    ),
    "old_office": _(
        "Ce document est dans un ancien format d’Office. Ouvrez-le, choisissez « Enregistrer sous » "
        "et prenez .docx, .xlsx ou .pptx."
    ),
    "template": _(
        "Ce fichier est un modèle ou un diaporama. Enregistrez-le comme document ordinaire : .docx, "
        ".xlsx, .pptx, .odt, .ods ou .odp."
    ),
    "macros": _(
        "Ce document contient des macros, c’est-à-dire des programmes. Enregistrez-le sans macros "
        "(.docx, .xlsx ou .pptx), puis joignez-le."
    ),
    "embedded": _(
        "Ce document contient un objet d’un autre programme. Remplacez cet objet par une image, "
        "ou enregistrez le document en PDF."
    ),
    "locked": _(
        "Ce fichier est protégé par un mot de passe ou contre la copie : ses lecteurs ne pourraient pas "
        "l’ouvrir. Enregistrez-le sans protection, puis joignez-le."
    ),
    "bomb": _("Ce fichier deviendrait démesuré en s’ouvrant. Enregistrez-le en PDF, et joignez le PDF."),
    "pixels": _(
        "Cette image a trop de points : trente millions au plus. Réduisez ses dimensions, puis joignez-la."
    ),
    "moving": _("Une image animée ne se joint pas. Enregistrez-en une seule vue, en PNG ou en JPEG."),
    "damaged": _(
        "Ce fichier est abîmé ou incomplet, ou n’est pas ce que son nom annonce. "
        "Ouvrez-le, enregistrez-le à nouveau, puis joignez-le."
    ),
    "complicated": _(
        "Ce fichier demande trop de travail pour être vérifié. Imprimez-le en PDF, et joignez le PDF."
    ),
    "too_many": _(
        "Une fiche porte %(limit)d fichiers au plus. Retirez-en un, ou réunissez plusieurs pages "
        "en un seul PDF."
    ),
    "too_fast": _("Vous avez joint beaucoup de fichiers aujourd’hui. Continuez demain."),
}


def sentence(code: str) -> str:
    """Return the sentence for the code of a Refusal."""
    return str(SENTENCES.get(code, SENTENCES["unknown"])) % {"limit": LIMITS.get(code, 0)}
