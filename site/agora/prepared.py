"""A query that Django builds once and then only sends.

A name of its own: it is neither a queryset nor a view, but what makes the most opened page cheap. For
the two queries of a thread, Django spends three times longer writing the SQL than SQLite spends
answering it, and the SQL never changes. It stays Django's own SQL and Django's own conversion of
values, on either database; a test holds it to the answers of the plain queryset.
"""

from collections.abc import Mapping

from django.db import connections
from django.db.models import QuerySet


class Prepared:
    """A `values_list()` queryset, compiled at its first use, whose blanks are filled at each use.

    The queryset is written with blanks: values that cannot occur, of the type that the column wants.
    """

    def __init__(self, queryset: QuerySet, blanks: Mapping[str, object]) -> None:
        """Take the queryset, and the blank of each name."""
        self.queryset = queryset
        self.names = {blank: name for name, blank in blanks.items()}
        self._compiled: dict[str, tuple] = {}

    def rows(self, **values: object) -> list[tuple]:
        """Send the query with these values in its blanks (one query); the rows of the queryset."""
        rows, converters, connection = self._answer(values)
        return [self._converted(row, converters, connection) for row in rows] if converters else rows

    def raw(self, **values: object) -> list[tuple]:
        """Send the query (one query); the rows as the database says them, for who knows most of them."""
        return self._answer(values)[0]

    def converted(self, row: tuple) -> tuple:
        """Return one of the rows that `raw` gave, as the queryset would."""
        alias = self.queryset.db
        return self._converted(row, self._compiled[alias][2], connections[alias])

    def _answer(self, values: Mapping[str, object]) -> tuple:
        """Return the rows as they come, with what makes them the queryset's: converters, and a connection."""
        alias = self.queryset.db
        if alias not in self._compiled:
            self._compiled[alias] = self._compile(alias)
        sql, parameters, converters = self._compiled[alias]
        connection = connections[alias]
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[name] if name else constant for name, constant in parameters])
            return cursor.fetchall(), converters, connection

    def _compile(self, alias: str) -> tuple:
        compiler = self.queryset.query.get_compiler(alias)
        sql, parameters = compiler.as_sql()
        named = [
            (self.names.get(value) if isinstance(value, (int, str)) else None, value) for value in parameters
        ]
        converters = compiler.get_converters([selected[0] for selected in compiler.select])
        return sql, named, list(converters.items())

    @staticmethod
    def _converted(row: tuple, converters: list, connection) -> tuple:
        converted = list(row)
        for position, (functions, expression) in converters:
            value = converted[position]
            if value is not None:
                for function in functions:
                    value = function(value, expression, connection)
                converted[position] = value
        return tuple(converted)
