"""A Dovecot that lacks an extension: it does not announce it, a proxy answers BAD to whoever uses it all the same, and takes its
words out of the answers."""

from support.mail_proxy import GO_ON, Fault, MailProxy
from support.mail_servers import FULL, WITHOUT, MailPair

#: Besides those of WITHOUT. AUTH=PLAIN is announced by the process that takes sign-ins, whatever the settings say.
MORE = {"ID": ["ID"], "IDLE": ["IDLE"], "ENABLE": ["ENABLE"], "QRESYNC": ["QRESYNC"], "METADATA": ["METADATA"],
        "RIGHTS": ["RIGHTS=texk"], "FILTER=SIEVE": ["FILTER=SIEVE"], "AUTH=PLAIN": ["AUTH=PLAIN"],
        "everything": [word for word in FULL if word != "IMAP4rev1"]}
LACKING = {**WITHOUT, **MORE}
#: Those whose lack the tests of mail can notice: METADATA is asked for only where the mail server tells of new mails.
EACH = [name for name in LACKING if name != "METADATA"]
#: Word of the capability: what its commands look like behind our tag.
USES = {
    "SORT": r"UID SORT ", "THREAD=REFS": r"UID THREAD REFS ", "THREAD=REFERENCES": r"UID THREAD REFERENCES ",
    "SORT=DISPLAY": r"UID SORT .*DISPLAY(FROM|TO)", "ESEARCH": r".*SEARCH RETURN", "ESORT": r".*SORT RETURN",
    "LIST-EXTENDED": r"LIST (\(|.* RETURN )", "LIST-STATUS": r"LIST .*STATUS \(", "SPECIAL-USE": r".*(SPECIAL-USE|USE \()",
    "NAMESPACE": r"NAMESPACE", "UIDPLUS": r"UID EXPUNGE", "MOVE": r"(UID )?MOVE ", "QUOTA": r"GETQUOTA",
    "ACL": r"(GETACL|SETACL|DELETEACL|MYRIGHTS|LISTRIGHTS) ", "LITERAL+": r".*\{\d+\+\}\r?$", "UNSELECT": r"UNSELECT",
    "CONDSTORE": r".*(CHANGEDSINCE|\(CONDSTORE\)|HIGHESTMODSEQ)", "QRESYNC": r".*QRESYNC", "PREVIEW": r".*FETCH .*PREVIEW",
    "SASL-IR": r"AUTHENTICATE \S+ \S", "ID": r"ID ", "IDLE": r"IDLE", "ENABLE": r"ENABLE", "METADATA": r"[GS]ETMETADATA",
    "FILTER=SIEVE": r"(UID )?FILTER ", "BINARY": r".*FETCH .*BINARY", "STATUS=SIZE": r"STATUS .*\bSIZE\b",
    "AUTH=PLAIN": r"AUTHENTICATE PLAIN", "SAVEDATE": r".*FETCH .*SAVEDATE", "WITHIN": r".*SEARCH .*(OLDER|YOUNGER)",
}
#: What its answers hold, and what clients see instead: of the same length.
SAYS = {"AUTH=PLAIN": [(rb"AUTH=PLAIN", rb"AUTH=XXXXX")], "CHILDREN": [(rb"\\Has(No)?Children", rb"\\Xas\1Children")],
        "UIDPLUS": [(rb"\[(APPEND|COPY)UID ", rb"[X\1UI ")],
        "SPECIAL-USE": [(rb"\\[DSJTA](rafts|ent|unk|rash|rchive)(?=[ )])", rb"\\X\1")]}


class ThinPair(MailPair):
    """`name`: a key of LACKING."""

    def __init__(self, name: str):
        super().__init__()
        self.lacks = frozenset(LACKING[name])
        words = " ".join(word for word in FULL if word not in self.lacks)
        self.settings = f"protocol imap {{\n  imap_capability = {words}\n}}\n"
        self.proxy: MailProxy | None = None

    def __enter__(self) -> "ThinPair":
        super().__enter__()
        self.proxy = MailProxy(self.dovecot.ports["imap"])
        self.proxy.faults = [Fault(rf"^A\d+ {USES[word]}", b"%TAG% BAD this server has no such thing\r\n", GO_ON)
                             for word in sorted(self.lacks) if word in USES]
        self.proxy.rewrites = [rule for word in sorted(self.lacks) for rule in SAYS.get(word, [])]
        return self

    def __exit__(self, *details) -> None:
        if self.proxy:
            self.proxy.close()
        super().__exit__(*details)

    def directives(self) -> str:
        """Later lines win: the proxy sees plain text."""
        return super().directives() + f"GroupwareMailServer imap://127.0.0.1:{self.proxy.port} tls=none\n"
