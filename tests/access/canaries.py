"""Nonsense words planted in everything that somebody may not read, and who may meet each of them.

Whatever an address answers, to whom and by which method, none of its bytes may hold the word of a thing that
this person may not read. test_matrix.py looks at each answer of the table; test_canaries.py searches.
"""

MEMBERS = frozenset({"member", "colleague", "relay", "mentor", "editor", "moderator", "administrator"})
TEAM = frozenset({"editor", "moderator", "administrator"})

# Where the word stands → the word, who may meet it. `member` wrote everything, `relay` is of the same CPAS.
CANARIES: dict[str, tuple[str, frozenset[str]]] = {
    "summary of a sheet for members": ("zqxalbicore", MEMBERS),
    "title of a sheet for members": ("zqxbarbican", MEMBERS),
    "text of a sheet for members": ("zqxcarvelle", MEMBERS),
    "title of an archived sheet": ("zqxdolmenne", frozenset({"member"}) | TEAM),
    "text of an archived sheet": ("zqxelzevire", frozenset({"member"}) | TEAM),
    "former text of a sheet": ("zqxfurfurol", MEMBERS),
    "text of a draft": ("zqxgalipote", frozenset({"member"})),
    "title of a draft": ("zqxhydromel", frozenset({"member"})),
    "text of a proposal": ("zqxisochore", frozenset({"member", "colleague", "moderator"})),
    "message under a sheet for members": ("zqxjaborand", MEMBERS),
    "message that was withdrawn": ("zqxkourgane", frozenset()),
    "name of a file of a sheet for members": ("zqxlambrequ", MEMBERS),
    "text of a file of a sheet for members": ("zqxbrandade", MEMBERS),
    "name of a file of a draft": ("zqxmartagon", frozenset({"member"})),
    "reading list of one's own": ("zqxnoctiluq", frozenset({"member"})),
    "reading list of a CPAS": ("zqxopoponax", frozenset({"member", "relay"})),
    "reading list for members": ("zqxpalimpse", MEMBERS),
    "name of kept filters": ("zqxquinteux", frozenset({"member"})),
    "name of a token": ("zqxrogatoir", frozenset({"member"})),
    "name of somebody who waits": ("zqxsalpicon", frozenset({"relay", "moderator", "administrator"})),
    "name of somebody suspended": ("zqxtarlatan", frozenset({"moderator", "administrator"})),
    "words of a sheet request": ("zqxvermouth", frozenset({"member", "editor"})),
    "silent need": ("zqxverticil", TEAM),
    "title of a room": ("zqxwalkyrie", frozenset({"member", "colleague", "mentor"})),
    "text of a room": ("zqxxylophag", frozenset({"member", "colleague"})),
    "report in a room": ("zqxfarandol", frozenset({"member"})),
    "text that a room removed": ("zqxgrenache", frozenset({"member"})),
    "file of a room": ("zqxfardeau", frozenset({"member", "colleague"})),
    "card of a room": ("zqxyatagan", frozenset({"member", "colleague"})),
    "card taken off a board": ("zqxzinzolin", frozenset()),
    "perspective of a room": ("zqxzibeline", frozenset({"member", "colleague"})),
    "what should be blurred": ("zqxbrouillas", frozenset({"member", "colleague"})),
    "motive to read a room": (
        "zqxamarante",
        frozenset({"member", "colleague", "moderator", "administrator"}),
    ),
    "title of a question": ("zqxcaracole", MEMBERS),
    "title of a removed question": ("zqxbrimbale", frozenset({"member", "moderator"})),
    "name of who asked quietly": ("zqxdartagne", frozenset({"moderator", "administrator"})),
    "text of a debate": ("zqxesbroufe", MEMBERS),
    "word of thanks": ("zqxulmairex", frozenset({"member", "colleague"})),
}


def word(place: str) -> str:
    """Return the word planted at a place."""
    return CANARIES[place][0]


def leaks(content: bytes, role: str) -> list[str]:
    """Return the places whose words stand in an answer to somebody who may not meet them."""
    return [
        place
        for place, (planted, readers) in CANARIES.items()
        if role not in readers and planted.encode() in content
    ]
