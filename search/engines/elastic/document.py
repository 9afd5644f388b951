"""What the index holds: finished tokens only, so that any server of either family will do, without plugins.

The words were found by search/analysis.py. A server only cuts them at the blanks, with the one tokenizer
that every server has (« standard »: no blank, no cut, in letters and figures; `written` sees to the scripts
that it would cut). It knows one token per place, and no empty place, so:

* a place without a word (a stop word was there) is written « X », and a stop filter takes it out again,
  leaving the gap: phrases count it, lengths and rarities do not. Words are in small letters: none is « X »;
* the second, third… stems of a place (accents, parts of a Dutch compound) go to a second, third… value of
  the same field, each in its place of a text of its own. One field keeps one count of each word, and
  phrases, which ask for the first stem of each word, find them side by side in the first value.
"""

import json
from hashlib import blake2b

from ...analysis import ANALYSIS_VERSION
from ...contract import TERM_FACETS, ContributionDoc
from ...fields import WORD_FIELDS, Positions, words_of
from ...ranking import lasting
from .dsl import Document, Double, Keyword, Long, MetaField, Text, analyzer, token_filter

GAP = "X"
UNCUT = "\u0700"  # Latin, Greek, Cyrillic, Hebrew and Arabic words come before it and stay whole
LONGEST_KEY = 1000  # characters of a title compared as a whole
K1, B = 1.2, 0.75  # of BM25: the same as the embedded engine's

finished = analyzer(
    "finished", tokenizer="standard", filter=[token_filter("gap", type="stop", stopwords=[GAP])]
)


class Contribution(Document):
    """A contribution in the index. Its texts cannot be read back: only what the checks need is kept."""

    uid = Keyword()
    fingerprint = Keyword(index=False)
    audience = Keyword()
    title_key = Keyword(ignore_above=LONGEST_KEY)
    acronyms = Text(analyzer=finished, index_options="docs")
    words = Keyword(index=False)  # each folded word once: what corrections are made of
    stamp = Long()  # Unix seconds of the last change
    useful = Long()
    lasting = Double(index=False)

    class Meta:
        # Unknown fields are left out, not refused: an index made by older code goes on being written to.
        dynamic = MetaField("false")
        source = MetaField(includes=["uid", "fingerprint", "audience"])


for _facet in TERM_FACETS:
    Contribution._doc_type.mapping.field(_facet, Keyword())
for _name in WORD_FIELDS:
    Contribution._doc_type.mapping.field(_name, Text(analyzer=finished))


def mapping() -> dict:
    """Return the fields of the index as the server wants them."""
    body = Contribution._doc_type.mapping.to_dict()
    body["_source"] = body.pop("source", None) or {"includes": ["uid", "fingerprint", "audience"]}
    return body


def settings(replicas: int) -> dict:
    """Return how an index is kept and how its words are weighed."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # whoever writes says when it is to be seen
        "analysis": finished.get_analysis_definition(),
        "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
    }


# Changes with the fields, the settings and the analysis: an index made by others asks for a rebuild.
DIGEST = blake2b(
    f"{json.dumps([mapping(), settings(0)], sort_keys=True)}/{ANALYSIS_VERSION}".encode(), digest_size=5
).hexdigest()


def row(doc: ContributionDoc) -> dict:
    """Return a contribution as the server stores it."""
    words = words_of(doc)
    fields: dict = {name: _values(positions) for name, positions in words.fields.items()}
    fields |= {facet: list(doc.values(facet)) for facet in TERM_FACETS}
    fields |= {
        "uid": doc.uid,
        "fingerprint": doc.fingerprint(),
        "audience": sorted(doc.audience),
        "title_key": words.title_key,
        "acronyms": " ".join(words.acronyms),
        "words": sorted({word for name in ("title_x", "body_x") for _, word in words.fields[name]}),
        "stamp": max(0, int(doc.updated.timestamp())),
        "useful": max(doc.useful, 0),
        "lasting": lasting(doc.weight, doc.useful),
    }
    return fields


def written(term: str) -> str:
    """Return a word as it stands in the index: itself, or the code of its signs in scripts without blanks."""
    return term if term.isascii() or max(term) < UNCUT else f"U{term.encode().hex()}"


def _values(positions: Positions) -> list[str]:
    """Return the layers of a text: the first token of each place, then the second ones…"""
    layers: list[list[str]] = []
    last, depth = -1, 0
    for place, term in positions:
        depth = depth + 1 if place == last else 0
        last = place
        if depth == len(layers):
            layers.append([])
        layer = layers[depth]
        layer.extend([GAP] * (place - len(layer)))
        layer.append(written(term))
    return [" ".join(layer) for layer in layers]
