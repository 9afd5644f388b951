from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self) -> None:
        """Add the letters; open questions to answers and search; look at the keys of rooms."""
        from . import checks, indexing, notices  # noqa: F401
        from .debates import drafts as debate_drafts
        from .outcome import actions as outcome
        from .questions import drafts as question_drafts
        from .questions import letters, targets

        notices.register()
        letters.register()
        targets.register()
        outcome.register_beginning()
        indexing.register()
        question_drafts.register_handler()
        debate_drafts.register_handler()
