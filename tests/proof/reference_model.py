"""What the API's description says about rights, said once more in the shortest way: the measure of matrix_test.py.

A case is a folder of user1 and a caller. Contacts in it are `own` (created by the caller) or `foreign`. An outcome is
None (done), the code of the refusal, or for lists what they contain. Nothing here is taken from the server's source.
"""

from dataclasses import dataclass

PRIVATE, PUBLIC = "private", "public"
OWNER, CONTEXT_ADMIN, BY_USER, BY_GROUP, STRANGER = "owner", "context admin", "member", "group member", "stranger"

NOT_VISIBLE = "FLD-0003"
NO_READ, NO_CREATE, NOT_FOUND, NO_DELETE, NO_WRITE = "CON-0104", "CON-0112", "CON-0125", "CON-0169", "CON-0176"
NOT_EXPORTABLE = "I_E-0100"
KEPT = "kept"  # a delete that answers 200 and names the id as not deleted


@dataclass(frozen=True)
class Rights:
    folder: int = 0
    read: int = 0
    write: int = 0
    delete: int = 0
    admin: bool = False

    @property
    def bits(self) -> int:
        return self.folder + (self.read << 7) + (self.write << 14) + (self.delete << 21) + (self.admin << 28)


ALL_RIGHTS = Rights(64, 64, 64, 64, True)


@dataclass(frozen=True)
class Case:
    kind: str  # PRIVATE or PUBLIC
    role: str
    granted: Rights  # what the folder gives to the user, or to his group

    @property
    def rights(self) -> Rights:
        """A context's administrator has no rights in folders of others unless they are given to him."""
        if self.role == OWNER:
            return ALL_RIGHTS
        return self.granted if self.role in (BY_USER, BY_GROUP) else Rights()

    @property
    def is_shared(self) -> bool:
        """A private folder of somebody else: nobody but its owner changes the folder itself."""
        return self.kind == PRIVATE and self.role != OWNER

    @property
    def is_visible(self) -> bool:
        return self.rights.folder >= 1 or self.rights.admin


def allows(level: int, is_own: bool) -> bool:
    return level >= 2 or level == 1 and is_own


def sees(case: Case, is_own: bool) -> bool:
    """Whether the caller may know that the contact exists."""
    return case.is_visible and allows(case.rights.read, is_own)


def list_contacts(case: Case):
    """`all`, `updates` and `search` in the folder: a refusal, or which kinds of contacts (own, foreign) are there."""
    if not case.is_visible:
        return NOT_VISIBLE
    if not case.rights.read:
        return NO_READ
    return {is_own for is_own in (True, False) if sees(case, is_own)}


def export(case: Case):
    kinds = list_contacts(case)
    return kinds if isinstance(kinds, set) else NOT_EXPORTABLE


def get(case: Case, is_own: bool):
    if not case.is_visible:
        return NOT_VISIBLE
    if not case.rights.read:
        return NO_READ
    return None if sees(case, is_own) else NOT_FOUND


def picture(case: Case, is_own: bool) -> int:
    return 200 if sees(case, is_own) else 404


def _change(case: Case, is_own: bool, level: int, refusal: str):
    if not case.is_visible:
        return NOT_VISIBLE
    if not sees(case, is_own):
        return NOT_FOUND
    return None if allows(level, is_own) else refusal


def update(case: Case, is_own: bool):
    return _change(case, is_own, case.rights.write, NO_WRITE)


def move_away(case: Case, is_own: bool):
    """Into the caller's own folder: a delete here, no change of the contact's content."""
    return _change(case, is_own, case.rights.delete, NO_DELETE)


def delete(case: Case, is_own: bool):
    refusal = _change(case, is_own, case.rights.delete, NO_DELETE)
    # What cannot be found needs no delete: its id comes back as not deleted.
    return KEPT if refusal == NOT_FOUND else refusal


def create(case: Case):
    if not case.is_visible:
        return NOT_VISIBLE
    return None if case.rights.folder >= 2 else NO_CREATE


def move_in(case: Case):
    """From the caller's own folder."""
    return create(case)


def get_folder(case: Case):
    return None if case.is_visible else NOT_VISIBLE


def is_listed(case: Case) -> bool:
    return case.is_visible


def create_subfolder(case: Case):
    if not case.is_visible:
        return NOT_VISIBLE
    return None if case.rights.folder >= 4 else "FLD-0006"


def _administer(case: Case, shared: str, refusal: str):
    if not case.is_visible:
        return NOT_VISIBLE
    if case.is_shared:
        return shared
    return None if case.rights.admin else refusal


def rename(case: Case):
    return _administer(case, "FLD-0063", "FLD-0086")


def change_permissions(case: Case):
    return _administer(case, "FLD-0063", "FLD-0010")


def move_folder(case: Case):
    return _administer(case, "FLD-0023", "FLD-0010")


def delete_folder(case: Case):
    """With contacts of user1 and of the caller in it."""
    refusal = _administer(case, "FLD-0030", "FLD-0010")
    if refusal:
        return refusal
    return None if case.rights.delete >= 2 else "FLD-0032"
