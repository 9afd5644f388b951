"""manage.py search_explain "…": how a query is understood, what each piece of it finds, and why these hits.

Asks the serving index as a member would (or a visitor with --visitor; or the throw-away index of a collection
with --documents). Prints ids and titles of nothing that this viewer may not find.
"""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from agora.people.audience import PUBLIC
from search import evaluation, thesaurus, trial
from search.contract import LANGUAGES, MAX_WINDOW, QueryPlan, SearchUnavailable
from search.engines import engine
from search.evaluation import BadFile, Query
from search.trial import EVERYBODY, Trial


class Command(BaseCommand):
    """Explain one query."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        """Say what is asked, by whom and of which index."""
        parser.add_argument("query")
        parser.add_argument("--language", choices=LANGUAGES, default="fr", help="of the interface")
        parser.add_argument("--visitor", action="store_true", help="ask as somebody without an account")
        parser.add_argument("--documents", type=Path, help="ask a throw-away index of these documents")
        parser.add_argument("--engine", default="embedded", help="engine of the throw-away index")
        parser.add_argument("--hits", type=int, default=10)

    def handle(self, *args, **options) -> None:
        """Explain; CommandError for a file that cannot be read or an engine that does not answer."""
        tokens = frozenset({PUBLIC}) if options["visitor"] else EVERYBODY
        query = Query("", options["query"], language=options["language"], viewer=tokens)
        try:
            with ExitStack() as stack:
                if options["documents"]:
                    asked = stack.enter_context(trial.opened(options["engine"], thesaurus.shipped()))
                    asked.fill(evaluation.documents(options["documents"]))
                else:
                    asked = Trial(engine(), thesaurus.current())
                for line in explained(asked, query, options["hits"]):
                    self.stdout.write(line)
        except (BadFile, OSError, SearchUnavailable, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error


def explained(asked: Trial, query: Query, hits: int) -> list[str]:
    """Return the explanation, line by line."""
    viewer = asked.viewer(query)
    first, plan = asked.plans(query)
    lines = [f"read as: {plan.text}"]
    lines += [f"unknown word: {each.typed} → {each.proposed}" for each in plan.corrections]
    found: list[tuple[str, frozenset[str]]] = []
    for clause in plan.clauses:
        alone = replace(plan, clauses=(replace(clause, required=False),), minimum=1)
        page = asked.page(alone, viewer, MAX_WINDOW)
        found.append((clause.typed, frozenset(page.uids)))
        lines.append(f"{'must' if clause.required else 'clause'} « {clause.typed} »: {page.total} texts")
        lines += [
            f"    {each.weight:.2f} {each.kind:8} {each.text}{f' ({each.lang})' if each.lang else ''}"
            for each in clause.alternatives
        ]
    lines += [f"without « {clause.typed} »" for clause in plan.excluded]
    lines.append(_asked_for(first, plan))
    page = asked.page(plan, viewer, hits)
    lines.append(f"{page.total} texts")
    for rank, uid in enumerate(page.uids, 1):
        by = ", ".join(f"« {typed} »" for typed, uids in found if uid in uids)
        lines.append(f"{rank:3} {uid}  {by}")
    return lines


def _asked_for(first: QueryPlan, plan: QueryPlan) -> str:
    optional = sum(not clause.required for clause in plan.clauses)
    fewer = f" (at first {first.minimum}, but too few texts had them)" if plan.minimum < first.minimum else ""
    return f"at least {plan.minimum} of {optional} clauses{fewer}"
