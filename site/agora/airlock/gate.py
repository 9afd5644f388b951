"""What stands between a text and its readers: block, let look once, or let through.

A name of its own: a room asks it in its view (to show) and in its act (to refuse), and nothing is kept but
what somebody vouches for (models.Vouch).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from html import escape

from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agora.richtext.quotes import spans_of

from .findings import PROVED, Finding, Report, extracts_of
from .inspection import inspect, inspect_file
from .wording import WORDS, Words

REASON_LENGTH = 300  # characters of why a number is nobody's
LONGEST_FILE = 200_000  # characters of one file that are read: some eighty pages, a third of a second


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding as the page lists it, and its place in the text."""

    anchor: str
    text: str
    words: Words
    is_hard: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One text: its label (empty when there is only one), where it is changed, and its words with marks."""

    label: str | Promise
    url: str
    html: SafeString
    findings: tuple[Shown, ...]


@dataclass(frozen=True)
class Gate:
    """What was found in the texts that go together, and what their author already said.

    Attributes:
        reports: label, address where it is changed, and report of each text in which something was found.
        looked: the mark of what the author was shown (see `mark`), as the form sent it back.
        vouched: why a number is nobody's, as typed.
        afterwards: who looks at a number that somebody vouched for, as the page says it; empty: moderators.
    """

    reports: tuple[tuple[str | Promise, str, Report], ...]
    looked: str = ""
    vouched: str = ""
    afterwards: str | Promise = ""

    @cached_property
    def hard(self) -> tuple[Finding, ...]:
        """All that blocks."""
        return tuple(finding for _label, _url, report in self.reports for finding in report.hard)

    @cached_property
    def is_proved(self) -> bool:
        """Whether check digits prove a finding, so that nobody can vouch for it."""
        return any(finding.kind in PROVED for finding in self.hard)

    @cached_property
    def can_vouch(self) -> bool:
        """Whether the author may say that what blocks is nobody's."""
        return bool(self.hard) and not self.is_proved

    @cached_property
    def is_vouched(self) -> bool:
        """Whether the author said so, and why."""
        return self.can_vouch and bool(self.vouched)

    @cached_property
    def mark(self) -> str:
        """What tells this set of findings from any other: a look at one is not a look at another."""
        said = repr(
            [(finding.kind, finding.text) for _l, _u, report in self.reports for finding in report.findings]
        )
        return blake2b(said.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()

    @cached_property
    def blocks(self) -> bool:
        """Whether the text cannot go as it is, whoever looked."""
        return bool(self.hard) and not self.is_vouched

    @cached_property
    def is_open(self) -> bool:
        """Whether the text goes: nothing was found, or the author looked at it, or vouched."""
        return not self.reports or (not self.blocks and (self.is_vouched or self.looked == self.mark))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The texts as the page shows them."""
        parts, number = [], 0
        for label, url, report in self.reports:
            shown = [
                Shown(f"g{number + at}", finding.text, WORDS[finding.kind], finding.is_hard)
                for at, finding in enumerate(report.findings, 1)
            ]
            number += len(shown)
            parts.append(Part(label, url, marked(report, shown), tuple(shown)))
        return tuple(parts)

    def refusal(self) -> str:
        """Say why the text does not go."""
        kinds = ", ".join(dict.fromkeys(str(WORDS[finding.kind].name).lower() for finding in self.hard))
        return _("Ceci peut désigner une personne : %(kinds)s. Enlevez-le avant d’envoyer.") % {
            "kinds": kinds
        }


def gate_of(
    texts: Iterable[tuple[str | Promise, str, str]],
    given: Mapping[str, str],
    *,
    files: Iterable[tuple[str, str, str]] = (),
    language: str = "fr",
    public_contacts: bool = False,
    afterwards: str | Promise = "",
    known: Iterable[str] = (),
) -> Gate:
    """Inspect texts that go together.

    Args:
        texts: label, address where it is changed, and words of each.
        given: what the form sent (`looked`, `vouched`); empty the first time.
        files: name, address where it is changed, and text of each file that goes along. Of their texts only
            what blocks is shown, with a few words around.
        language: of the texts, "fr" or "nl".
        public_contacts: see `inspect`.
        afterwards: see `Gate`.
        known: names under which readers of the texts write: where a text calls one (« @Lies P. ») or says
            whom it quotes, that name tells nobody anything.
    """
    known = tuple(known)
    reports = [
        (label, url, but_names(known, inspect(text, language, public_contacts=public_contacts)))
        for label, url, text in texts
    ]
    for name, url, text in files:
        of_name, _of_text = inspect_file(name)
        of_text = inspect(text[:LONGEST_FILE], language, public_contacts=public_contacts)
        reports += [(name, url, of_name), (name, url, extracts_of(of_text))]
    return Gate(
        tuple(each for each in reports if each[2].findings),
        looked=given.get("looked", ""),
        vouched=given.get("vouched", "").replace("\x00", "").strip()[:REASON_LENGTH],
        afterwards=afterwards,
    )


def but_names(known: Iterable[str], report: Report) -> Report:
    """Return a report without the soft findings that are the name of a reader, called or quoted."""
    spans = spans_of(report.text, known) if known and report.soft else []
    if not spans:
        return report
    kept = (f for f in report.findings if f.is_hard or not any(a <= f.start and f.end <= b for a, b in spans))
    return replace(report, findings=tuple(kept))


def marked(report: Report, shown: list[Shown]) -> SafeString:
    """Return the text with its findings marked; every word of it is escaped."""
    pieces, done = [], 0
    for finding, about in zip(report.findings, shown, strict=True):
        name = ' class="hard"' if finding.is_hard else ""
        pieces += [
            escape(report.text[done : finding.start]),
            f'<mark id="{about.anchor}"{name} tabindex="-1">{escape(finding.text)}</mark>',
        ]
        done = finding.end
    pieces.append(escape(report.text[done:]))
    return mark_safe("".join(pieces))  # noqa: S308 (escaped above)
