from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"

    def ready(self) -> None:
        """Listen to what is published and to what the catalogue shows; tell search what can be found."""
        from agora.discussion import targets

        from . import contributions, drafting, freshness, indexing, models, permissions, signals  # noqa: F401
        from .adoption import adapting, drafts, wagtail_hooks  # noqa: F401
        from .adoption import notices as adoption_notices
        from .attached import indexing as attached_indexing
        from .attached import permissions as attached
        from .attached import signals as attached_signals  # noqa: F401
        from .languages import translating
        from .review import awaiting
        from .review import notices as review_notices
        from .review import signals as review_signals  # noqa: F401
        from .shelf import log, notices  # noqa: F401

        freshness.watch()
        indexing.register()
        contributions.register()
        drafting.register_handler()
        attached.register()
        attached_indexing.register()
        drafts.register_handler()
        adapting.register_beginning()
        adoption_notices.register()
        notices.register_letters()
        translating.register_beginning()
        awaiting.watch()
        review_notices.register()
        targets.register(
            models.PracticePage,
            can_read=permissions.can_read,
            can_comment=permissions.can_edit,
            related=["locale"],
            findable=targets.Findable(
                visible=models.PracticePage.objects.visible_to,
                audience=lambda practice: practice.audience if practice.live else frozenset(),
                facets=indexing.facets_of,
                language=lambda practice: practice.locale.language_code,
                words=indexing.gist,
                related=("locale", *indexing.WORDS),
            ),
        )
