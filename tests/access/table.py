"""The matrix: one line for each address and method, one column for each role.

200 the page · 302 the act is done, or another page is shown · login the visitor is sent to sign in ·
wait the waiting room, which says who validates · 403 not for this role · 404 not even its existence ·
405 not this method.
"""

from dataclasses import dataclass

from .world import ROLES


@dataclass(frozen=True)
class Row:
    """What each role gets at one address, by one method."""

    label: str
    method: str
    expected: dict[str, str]


# What is open to visitors; everything else asks for an account.
PUBLIC = set()
# Under /admin/, what does not ask for the right to be there.
ADMIN_DOORS = {"wagtailadmin_login", "wagtailadmin_password_reset"}

TABLE = """
"""


def parse(table: str) -> list[Row]:
    """Read the table; a line of the wrong length is an error."""
    rows = []
    for line in table.strip().splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        label, method, *codes = line.split()
        rows.append(Row(label, method, dict(zip(ROLES, codes, strict=True))))
    return rows


ROWS = parse(TABLE)
