"""Wagtail's own upkeep of its indexes, once for a run of changes instead of after each of them.

A name of its own: it is what settings.TASKS names. Wagtail asks, at every save of a page, for two tasks: its
reference index and the index behind the search fields of its admin. Publishing a new sheet saves it three
times, so an import did six tasks a sheet where two are enough; they were a fifth of its work.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError, transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

logger = logging.getLogger(__name__)

Asked = dict[tuple, tuple[Task, tuple, dict]]
_ASKED: ContextVar[Asked | None] = ContextVar("tasks-asked-for", default=None)


class GatheringBackend(ImmediateBackend):
    """Does a task at once, in the same thread; within `gathered()`, at its end."""

    def enqueue(self, task: Task, args, kwargs) -> TaskResult:
        """Do a task, or keep it for later; asked again with the same arguments, it is done once."""
        asked = _ASKED.get()
        if asked is None:
            return super().enqueue(task, args, kwargs)
        asked[(task.module_path, repr(args), repr(kwargs))] = (task, tuple(args), dict(kwargs))
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


@contextmanager
def gathered(*, wanted: bool = True) -> Iterator[None]:
    """Keep the tasks asked for by this thread within the block, and do each once when it ends.

    A block within a block hands its tasks over to the outer one. Those of a block that raises, or of a trial
    (`wanted=False`), are left: what they were about was undone.
    """
    outer, asked = _ASKED.get(), {}
    token = _ASKED.set(asked)
    try:
        yield
    finally:
        _ASKED.reset(token)
    if not wanted:
        return
    if outer is not None:
        outer.update(asked)
        return
    for task, args, kwargs in asked.values():
        try:
            with transaction.atomic():  # a task that fails, fails alone
                task.enqueue(*args, **kwargs)
        except DatabaseError:
            logger.exception("The task %s could not be done.", task.module_path)
