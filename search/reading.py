"""The free words of a query as clauses: the weighted ways in which texts may say each of them.

A name of its own beside plan.py, which cuts a query and says how much of it is asked for. Concepts are read
first (longest first), then everyday expressions, then expressions of the glossary, then words.
"""

from dataclasses import dataclass, replace

from . import analysis
from .contract import LANGUAGES, Alternative, Clause, Lang
from .kinship import everyday, glossary
from .spelling import Vocabulary
from .thesaurus import Idea, Thesaurus, is_denial, said_in
from .verbs import PARTICLES

MOST_ALTERNATIVES = 24
MOST_VARIANTS = 5  # per language, so that both keep a place
MOST_TRANSLATED = 4
MOST_BONUS = 6
MOST_COUSINS = 4
ENOUGH_TO_SPLIT = 2  # texts that have a part of a compound

SAME_LANGUAGE, OTHER_LANGUAGE, PARTS, ALL_WORDS = 0.7, 1.0, 0.6, 0.7
TRANSLATED = 0.9  # a word of the glossary, for one that neither a concept nor an everyday group translates
TRANSLATED_TOO = 0.4  # and for one that they do, which may well be by a word for something like it
EVERYDAY, KIN, COMPOUND, COUSIN, HALF_SAID = 0.5, 0.6, 0.5, 0.7, 0.6
LITTLE = 0.7  # what a question word found in a title adds beside a word with a subject
ONE_OF_SEVERAL = 0.2  # the clause of a word whose expression, or compound, has one already
TOLD = 0.6  # of what BM25 would give for its words: what a clause adds once one of its ways is found
LIGHT = 0.6  # the clause of a word that says little, beside others that say more
TYPO = {1: 0.8, 2: 0.6}  # by distance


@dataclass(slots=True)
class Word:
    """A word of the query on its way to a clause."""

    surface: str
    start: int
    end: int
    reading: str = ""  # the word to understand: itself, or its repair
    near: tuple[tuple[str, int], ...] = ()
    aside: bool = False  # said around what is looked for (courtesy.py)


class Reader:
    """Turns the free words of one query into clauses."""

    def __init__(
        self, words: list[Word], language: Lang, thesaurus: Thesaurus, vocabulary: Vocabulary
    ) -> None:
        self._words, self._thesaurus, self._vocabulary = words, thesaurus, vocabulary
        self._alone = len(words) == 1
        self._betrayed = analysis.language_of(" ".join(word.surface for word in words))
        self._spoken = self._betrayed or language
        reading = " ".join(word.reading for word in words)
        self._said = {lang: said_in(reading, lang) for lang in LANGUAGES}

    def clauses(self) -> list[Clause]:
        """Return a clause for each concept, expression or word, then one for each word of the expressions.

        Clauses of stop words only without others.
        """
        content = [word for word in self._words if not self._is_little(word)]
        if not content:
            return [Clause(word.surface, (_own(word),)) for word in self._words]
        found, alone, place = [], [], 0
        while place < len(content):
            span, clause = self._clause_at(content, place)
            found.append(clause)
            if span > 1:  # texts that never say the expression may well say its words, in either language
                alone += [self._one(content, each) for each in range(place, place + span)]
            elif self._spoken == "nl":
                alone += [self._one([part], 0) for part in self._unknown_compound(content[place])]
            place += span
        alone = [replace(_lighter(clause, ONE_OF_SEVERAL), within=True) for clause in alone]
        each = {clause.alternatives: clause for clause in found + alone}.values()
        clauses = [replace(clause, rarity=self._rarity(clause)) for clause in each]
        heavy = [clause for clause in clauses if not self._is_light(clause)]
        return [each if each in heavy or not heavy else _lighter(each, LIGHT) for each in clauses]

    def _rarity(self, clause: Clause) -> float:
        return round(TOLD * self._vocabulary.rarity(_read_as(clause)), 3)

    def _is_light(self, clause: Clause) -> bool:
        words = [token.surface for token in analysis.tokens(_read_as(clause))]
        return len(words) == 1 and not analysis.LIGHT.isdisjoint(analysis.stems(words[0], self._spoken))

    def bonus(self) -> tuple[Clause, ...]:
        """Return the question words (« quoi »), and those said around the others, as clauses that only lift:
        titles ask too.
        """
        little = [word for word in self._words if self._is_little(word)]
        if len(little) == len(self._words):
            return ()
        folded = dict.fromkeys(analysis.fold(word.surface) for word in little)
        asking = [word for word in folded if word not in analysis.GLUE][:MOST_BONUS]
        return tuple(Clause(word, (Alternative("own", word, None, LITTLE),)) for word in asking)

    def _is_little(self, word: Word) -> bool:
        if word.aside:
            return True
        if word.near and analysis.is_stop_word(word.reading):
            return True
        return analysis.is_stop_word(word.surface) and not self._names_acronym(word.surface)

    def _names_acronym(self, surface: str) -> bool:
        return (self._alone or surface.isupper()) and bool(
            self._thesaurus.acronym(surface, alone=self._alone)
        )

    def _clause_at(self, content: list[Word], place: int) -> tuple[int, Clause]:
        """Read the longest concept, else the longest everyday expression, else one word."""
        words = content[place:]
        span, ideas = self._longest(words, self._thesaurus, shortest=1)
        if ideas:
            return span, self._several(words[:span], _variants(ideas, _said(words[:span])))
        span, ideas = self._longest(words, everyday(), shortest=2)
        if ideas := self._said_here(ideas):
            return span, self._several(words[:span], _variants(ideas, _said(words[:span]), EVERYDAY))
        span, ideas = self._longest(words, glossary(), shortest=2)
        if any(lang == self._spoken for _idea, lang in ideas):
            return span, self._several(words[:span], [])
        return 1, self._one(content, place)

    def _longest(
        self, words: list[Word], thesaurus: Thesaurus, *, shortest: int
    ) -> tuple[int, tuple[tuple[Idea, Lang], ...]]:
        """Find the longest concept named by the first words."""
        for span in range(min(thesaurus.longest, len(words)), shortest - 1, -1):
            run = words[:span]
            if span == 1 and analysis.is_acronym(run[0].surface):
                break
            if ideas := thesaurus.match([word.reading for word in run], self._said, self._spoken):
                return span, ideas
        return 0, ()

    def _several(self, words: list[Word], variants: list[Alternative]) -> Clause:
        typed = " ".join(word.surface for word in words)
        reading = " ".join(word.reading for word in words)
        own = [Alternative("own", typed, None, 1.0)]
        if len(words) > 1:  # side by side is worth more than anywhere in the text
            own = [Alternative("variant", typed, None, 1.0), Alternative("own", typed, None, ALL_WORDS)]
        expression = self._expression(words)
        if expression:  # « sans papiers »: more than « papiers », whose other words are not meant
            own = [Alternative("phrase", expression, None, 1.0), Alternative("own", typed, None, HALF_SAID)]
        elif reading != typed:
            slips = max(word.near[0][1] for word in words if word.near)
            own.append(Alternative("typo", reading, None, TYPO[slips]))
        elif len(words) == 1:
            own += self._compound(words[0])
        readings = [word.reading for word in words]
        groups = self._said_here(everyday().match(readings, self._said, self._spoken))
        if expression:
            lone = everyday().match(readings[:1], spoken=self._spoken)
            groups = tuple(pair for pair in groups if pair not in lone)
        variants += _variants(groups, _said(words), EVERYDAY)
        return Clause(typed, _capped(own, variants + self._translated(words, variants)))

    def _expression(self, words: list[Word]) -> str:
        if len(words) != 1:
            return ""
        known = (self._thesaurus, everyday())
        return next((said for each in known if (said := each.expression(words[0].reading, self._said))), "")

    def _one(self, content: list[Word], place: int) -> Clause:
        word = content[place]
        surface = word.surface
        ideas = self._thesaurus.acronym(surface, alone=self._alone)
        if ideas:
            # Capitals mean the acronym alone: « RIS » must not bring laughter.
            capitals = Alternative("acronym", surface.upper(), None, 1.0)
            strict = surface.isupper() or len(surface) <= 3
            own = [capitals] if strict else [capitals, _own(word)]
            # An acronym of both languages names its concept in the one where it is listed first.
            pairs = tuple((idea, _language_of(idea, surface.upper())) for idea in ideas)
            return Clause(surface, _capped(own, _variants(pairs, {surface.upper()})))
        if self._expression([word]):
            return self._several([word], [])
        own = [_own(word)]
        if analysis.is_acronym(surface):
            own.append(Alternative("acronym", surface, None, 1.0))
        own += [Alternative("typo", near, None, TYPO[distance]) for near, distance in word.near]
        own += self._compound(word) + self._joined(content, place) + self._separated(word)
        said = self._everyday(word)
        return Clause(surface, _capped(own, said + self._translated([word], said) + self._kin(word)))

    def _translated(self, words: list[Word], said: list[Alternative]) -> list[Alternative]:
        """Return what the glossary calls the words in the other language."""
        named = glossary().match([word.reading for word in words], self._said, self._spoken)
        pairs = [pair for pair in named if pair[1] == self._spoken]
        if not pairs and self._betrayed is None:
            pairs = list(named)
        known = {(each.text, each.lang) for each in said}
        found: dict[Alternative, None] = {}
        for idea, spoken in pairs:
            worth = TRANSLATED_TOO if any(lang not in (None, spoken) for _text, lang in known) else TRANSLATED
            for term in idea.terms:
                if term.lang != spoken and (term.text, term.lang) not in known:
                    found[Alternative("variant", term.text, term.lang, worth)] = None
        return list(found)[:MOST_TRANSLATED]

    def _everyday(self, word: Word) -> list[Alternative]:
        readings = [word.reading, *(each.text for each in self._separated(word))]
        groups = [pair for each in readings for pair in everyday().match([each], self._said, self._spoken)]
        return _variants(self._said_here(tuple(groups)), _said([word]), EVERYDAY)

    def _said_here(self, ideas: tuple[tuple[Idea, Lang], ...]) -> tuple[tuple[Idea, Lang], ...]:
        """Leave out the groups that the words name in a language which the query is not written in."""
        return tuple(pair for pair in ideas if pair[1] == self._betrayed or self._betrayed is None)

    def _kin(self, word: Word) -> list[Alternative]:
        lang = self._spoken
        kin = [Alternative("kin", each, lang, KIN) for each in self._vocabulary.kin(word.reading, lang)]
        compounds = self._vocabulary.compounds(word.reading)
        return kin + [Alternative("kin", each, "nl", COMPOUND) for each in compounds]

    def _compound(self, word: Word) -> list[Alternative]:
        split = analysis.parts(word.surface) or self._vocabulary.split(word.surface)
        parts = [Alternative("parts", " ".join(split), "nl", PARTS)] if split else []
        return parts + [Alternative("kin", each, "nl", COUSIN) for each in self._cousins(split)]

    def _cousins(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Return known compounds that say a part otherwise (« schoolfactuur » → « schoolrekening »)."""
        if len(parts) != 2:
            return ()
        first, last = parts
        pairs = [(each, last) for each in self._other_words(first)]
        pairs += [(first, each) for each in self._other_words(last)]
        found = dict.fromkeys(self._vocabulary.joined(*pair) for pair in pairs)
        return tuple(each for each in found if each)[:MOST_COUSINS]

    def _other_words(self, part: str) -> list[str]:
        """Return the single Dutch words for the same thing as a part of a compound, everyday ones first."""
        ideas = [*everyday().match([part], spoken="nl"), *self._thesaurus.match([part], spoken="nl")]
        terms = [term for idea, spoken in ideas if spoken == "nl" for term in idea.terms]
        return [term.text for term in terms if term.lang == "nl" and term.text.isalpha() and not term.acronym]

    def _unknown_compound(self, word: Word) -> list[Word]:
        """Return the words of a Dutch compound that no text has, where texts have both of them."""
        if word.near or self._vocabulary.has_form(word.surface):
            return []
        split = self._vocabulary.split(word.surface)
        if any(self._vocabulary.count(part) < ENOUGH_TO_SPLIT for part in split):
            return []
        return [Word(part, word.start, word.end, part) for part in split if not analysis.is_stop_word(part)]

    def _separated(self, word: Word) -> list[Alternative]:
        """Return the known Dutch verbs that a word makes with a particle behind it (« leg ik dat uit »)."""
        if self._spoken != "nl":
            return []
        behind = [analysis.fold(each.surface) for each in self._words if each.start > word.end]
        whole = [each + word.reading for each in behind if each in PARTICLES]
        return [
            Alternative("kin", each, "nl", ALL_WORDS) for each in whole if self._vocabulary.has_form(each)
        ]

    def _joined(self, content: list[Word], place: int) -> list[Alternative]:
        """Return the known compounds of a word with the one before or behind it (« leefloon aanvraag »)."""
        pairs = zip(content[max(0, place - 1) :], content[max(1, place) : place + 2], strict=False)
        known = (self._vocabulary.joined(first.reading, second.reading) for first, second in pairs)
        return [Alternative("kin", each, "nl", ALL_WORDS) for each in known if each]


def _own(word: Word) -> Alternative:
    return Alternative("own", word.surface, None, 1.0)


def _read_as(clause: Clause) -> str:
    """Return the words of a clause, repaired."""
    return next((way.text for way in clause.alternatives if way.kind == "typo"), clause.typed)


def _lighter(clause: Clause, worth: float) -> Clause:
    ways = (replace(way, weight=round(way.weight * worth, 3)) for way in clause.alternatives)
    return replace(clause, alternatives=tuple(ways), rarity=round(clause.rarity * worth, 3))


def _said(words: list[Word]) -> set[str]:
    surfaces, readings = ([word.surface for word in words], [word.reading for word in words])
    return {analysis.fold(" ".join(surfaces)), analysis.fold(" ".join(readings))}


def _language_of(idea: Idea, acronym: str) -> Lang:
    return next(term.lang for term in idea.terms if term.acronym and term.text == acronym)


def _variants(
    ideas: tuple[tuple[Idea, Lang], ...], said: set[str], weight: float = SAME_LANGUAGE
) -> list[Alternative]:
    found: list[Alternative] = []
    for idea, spoken in ideas:
        per_language: dict[Lang, int] = {}
        for term in idea.terms:
            if (term.text if term.acronym else analysis.fold(term.text)) in said:
                continue
            if not term.acronym:  # « RIS » stands in half the texts, however many ways of saying it there are
                per_language[term.lang] = per_language.get(term.lang, 0) + 1
                if per_language[term.lang] > MOST_VARIANTS:
                    continue
            worth = weight if term.lang == spoken else OTHER_LANGUAGE
            denied = "phrase" if is_denial(term.text, term.lang) else "variant"
            kind = "acronym" if term.acronym else denied
            found.append(Alternative(kind, term.text, term.lang, worth))
    return found


def _capped(own: list[Alternative], variants: list[Alternative]) -> tuple[Alternative, ...]:
    return tuple(dict.fromkeys(own + variants))[:MOST_ALTERNATIVES]
