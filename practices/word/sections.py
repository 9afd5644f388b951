"""Which section of a sheet a heading of a document announces, in French and in Dutch.

A name of its own because it is a list of words more than a rule: colleagues write « Contexte », « 2. Le
problème : », « DÉROULEMENT », « Wat heb je nodig? », and mean sections of ours.
"""

import re
import unicodedata

_NUMBERING = re.compile(
    r"^(?:(?:\d{1,2}|[ivx]{1,4}|[a-z])(?:\.\d{1,2})*\s*[.)°/:-]+\s*|\d{1,2}(?:\.\d{1,2})*\s+)"
)
_SIGNS = re.compile(r"[^\w]+")

# Each phrase as it is after `key_of`; the longest one found in a heading wins.
PHRASES: dict[str, tuple[str, ...]] = {
    "summary": (
        "resume", "en bref", "en deux phrases", "en quelques mots", "en une phrase", "synthese", "l idee",
        "samenvatting", "in het kort", "kort", "in twee zinnen", "in een notendop", "het idee",
    ),
    "problem": (
        "contexte", "probleme", "problematique", "constat", "constats", "situation", "situation de depart",
        "point de depart", "origine", "introduction", "pourquoi", "besoin", "besoins", "motif", "description",
        "le probleme que cela regle", "ce qui se passait avant", "presentation", "objectif", "objectifs",
        "but", "l astuce", "context", "probleem", "probleemstelling", "vaststelling", "vaststellingen",
        "aanleiding", "inleiding", "waarom", "situatie", "beginsituatie", "behoefte", "noden", "beschrijving",
        "doel", "doelstelling", "doelstellingen", "het probleem", "achtergrond", "de tip",
    ),
    "steps": (
        "methode", "methodologie", "etapes", "etape par etape", "deroulement", "demarche", "marche a suivre",
        "comment on fait", "comment faire", "comment", "mise en oeuvre", "mode d emploi", "procedure",
        "en pratique",
        "concretement", "fonctionnement", "pas a pas", "action", "actions", "la pratique", "organisation",
        "methodiek", "stappen", "stappenplan", "verloop", "werkwijze", "aanpak", "hoe", "hoe we het doen",
        "uitvoering", "in de praktijk", "concreet", "stap voor stap", "acties", "de praktijk", "werking",
        "organisatie", "procedures",
    ),
    "key_functions": (
        "ce qui fait que ca marche", "fonctions cles", "elements cles", "ingredients", "l essentiel a garder",
        "points forts", "cles de reussite", "principes", "wat maakt dat het werkt", "sleutelfuncties",
        "kernelementen", "ingredienten", "sterke punten", "principes cles", "werkzame elementen", "sterktes",
    ),
    "means": (
        "moyens", "ressources", "cout", "couts", "budget", "temps", "materiel", "moyens humains", "personnel",
        "financement", "duree", "de quoi a t on besoin", "middelen", "kosten", "kostprijs", "tijd",
        "materiaal", "begroting", "financiering", "personeel", "wat heb je nodig", "wat hebt u nodig", "duur",
    ),
    "effects": (
        "resultats", "resultat", "effets", "effet", "impact", "ce que ca change", "ce que cela change",
        "evaluation", "bilan", "benefices", "retombees", "apports", "plus value", "resultaten", "resultaat",
        "effecten", "effect", "wat het verandert", "wat verandert er", "evaluatie", "meerwaarde", "voordelen",
        "opbrengst",
    ),
    "conditions": (
        "conditions", "condition", "a quelles conditions", "conditions de reussite", "conditions de succes",
        "facteurs de succes", "facteurs de reussite", "prerequis", "prealables", "transferabilite",
        "voorwaarden",
        "onder welke voorwaarden", "succesfactoren", "randvoorwaarden", "slaagfactoren", "vereisten",
        "overdraagbaarheid",
    ),
    "pitfalls": (
        "obstacles", "obstacle", "difficultes", "difficulte", "freins", "limites", "pieges", "risques",
        "points d attention", "point d attention", "ce qui a coince", "ce qui coince", "a eviter", "lecons",
        "lecon", "critiques", "points faibles", "hindernissen", "obstakels", "moeilijkheden", "knelpunten",
        "valkuilen", "aandachtspunten", "risicos", "risico s", "beperkingen", "wat stroef liep", "lessen",
        "te vermijden", "zwakke punten",
    ),
    "tools": (
        "outils", "outil", "documents", "documents utiles", "annexes", "annexe", "references", "sources",
        "bibliographie", "liens", "liens utiles", "modeles", "pour aller plus loin", "en savoir plus",
        "base legale", "instrumenten", "hulpmiddelen", "documenten", "bijlagen", "bijlage", "referenties",
        "bronnen", "links", "nuttige links", "sjablonen", "meer weten", "meer info", "wettelijke basis",
    ),
    "contacts": (
        "contact", "contacts", "personne de contact", "personnes de contact", "personnes ressources",
        "personne ressource", "a qui demander", "coordonnees", "partenaires", "partenariat", "contactpersoon",
        "contactpersonen", "contactgegevens", "bij wie navragen", "wie contacteren", "partners",
    ),
}  # fmt: skip
_SECTION_OF = {phrase: name for name, phrases in PHRASES.items() for phrase in phrases}
_LONGEST = max(len(phrase.split()) for phrase in _SECTION_OF)
_EMPTY_WORDS = """le la les l un une des du de d et ou nos notre votre vos en a au aux ce cette
het een van of onze uw in op"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def key_of(heading: str) -> str:
    """Return a heading without numbering, accents, capitals and signs: « 2. Le problème : » → le probleme."""
    plain = unicodedata.normalize("NFKD", heading.replace("œ", "oe").replace("Œ", "oe").casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).strip()
    shorn = _NUMBERING.sub("", plain, count=1)
    return " ".join(_SIGNS.sub(" ", shorn).split())


def section_for(heading: str) -> str | None:
    """Return the section that a heading announces, None when it announces none of ours.

    A phrase counts when it stands in the heading, the earlier and the longer the better: « Résultats et
    limites » tells results first. A heading of many other words is a sentence, and announces nothing.
    """
    words = key_of(heading).split()
    if not words or len(words) > 12:
        return None
    best: tuple[int, int, str] | None = None
    for start in range(len(words)):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            name = _SECTION_OF.get(" ".join(words[start : start + length]))
            if name and (best is None or (length, -start) > best[:2]):
                best = (length, -start, name)
    if best is None:
        return None
    others = [word for word in words if word not in _EMPTY]
    is_named = " ".join(words) in _SECTION_OF or best[0] * 2 >= len(others) or -best[1] <= 1
    return best[2] if is_named else None


def is_phrase(heading: str) -> bool:
    """Say whether a heading is one of the phrases and nothing else, so that our own title replaces it."""
    return key_of(heading) in _SECTION_OF
