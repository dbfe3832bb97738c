"""The matrix of rights as it is specified, in its own short form, row by row: what policy.yaml is held against.

`O` own, `S` own squad and consent, `T` own squad, `P` pseudonymised, `B` broken glass, `A` oneself (the account), `N`
not one's own decision, `U` own while in no squad, no letter: whosever. Then the actions: r c u d, X execute, and words.
"""

from __future__ import annotations

from fitintel.access.actor import Action, Kind, Role
from fitintel.access.policy import Relation

LETTERS = {"O": Relation.OWN, "S": Relation.SQUAD, "T": Relation.TEAMMATE, "P": Relation.PSEUDONYMISED,
           "B": Relation.GLASS, "A": Relation.SELF, "N": Relation.OTHERS, "U": Relation.UNCOACHED}  # fmt: skip
SHORT = {"r": Action.READ, "c": Action.CREATE, "u": Action.UPDATE, "d": Action.DELETE, "X": Action.EXECUTE}

ROLES = {"athlete": Role.ATHLETE, "coach": Role.COACH, "ds": Role.DATA_SCIENTIST, "admin": Role.ADMIN,
         "ingest": Role.SVC_INGEST, "nightly": Role.SVC_NIGHTLY, "monitor": Role.SVC_MONITOR,
         "anonymous": Role.ANONYMOUS}  # fmt: skip

TABLE = """
profile      | athlete: O r u | coach: S r | nightly: r
details      | athlete: O r u | ds: P r
workout      | athlete: O r c u d | coach: S r comment | ds: P r | admin: B r | ingest: c | nightly: r
recording    | athlete: O r c u d | coach: S r | admin: B r | ingest: c
health       | athlete: O r c u d | coach: S r | ds: P r | admin: B r | ingest: c | nightly: r
note         | athlete: O r c u d | coach: S r | admin: B r
plan         | athlete: O r confirm; U c u d | coach: S r c u d | ds: P r | nightly: r
statement    | athlete: O r c u d | coach: S r | ds: P r | nightly: r
brief        | athlete: O r object annotate | coach: S r annotate | admin: B r | nightly: c
message      | athlete: O r c | coach: T r c | nightly: c
consent      | athlete: O r c withdraw | coach: T count | admin: count | ingest: r | nightly: r
membership   | athlete: O r confirm leave | coach: T r; A r invite confirm leave | admin: r c u d invite | nightly: r
import       | athlete: O r c retry d | coach: S count | admin: count | ingest: c u
connection   | athlete: O r c d use | ingest: use
export       | athlete: O X c | admin: B X
erasure      | athlete: O X | admin: B X
dataset      | ds: P r X | nightly: c
notebook     | ds: r c u | nightly: r
notebook_run | coach: S r | nightly: X
experiment   | ds: P X; r; A c u | nightly: c r
promotion    | athlete: r | coach: r | ds: r propose | admin: r; N approve | nightly: r
algorithm    | athlete: r | coach: r | ds: r | admin: r | nightly: r
account      | anonymous: A c | athlete: A r u | coach: A r u | ds: A r u | admin: r c; A u; N u d grant act
token        | athlete: A r c d | coach: A r c d | ds: A r c d | admin: A r c d; N d
preference   | athlete: A r u; O r u | coach: A r u | ds: A r u | admin: A r u | nightly: r
glass        | athlete: O r | admin: r c; A d; N approve
audit        | athlete: O r | admin: r verify | ingest: c | nightly: c
backup       | admin: N X | nightly: X | monitor: count
metrics      | ds: r | admin: r | monitor: r
workspace    | admin: r u | monitor: count
"""


def rules() -> set[tuple[Kind, Role, Relation, Action]]:
    """Every permission of the table."""
    found = set()
    for line in TABLE.strip().splitlines():
        kind, *cells = (part.strip() for part in line.split("|"))
        for cell in cells:
            role, _, said = cell.partition(": ")
            for part in said.split(";"):
                words = part.split()
                relation = LETTERS[words.pop(0)] if words[0] in LETTERS else Relation.ANY
                found |= {(Kind(kind), ROLES[role], relation, SHORT.get(word) or Action(word)) for word in words}
    return found
