"""What a trusted mail server found out about the sender of a mail."""

import atexit
import os
import pathlib
import tempfile

from support.pictures import png

PICTURE = pathlib.Path(tempfile.gettempdir()) / f"gw-trusted-{os.getpid()}.png"
PICTURE.write_bytes(png(3, 3))
PICTURE.chmod(0o644)
atexit.register(PICTURE.unlink, missing_ok=True)

MAIL = True
DIRECTIVES = f"""
GroupwareMailAuthenticity mx.example.test old.example.test
GroupwareMailTrustedSender news@shop.test {PICTURE}
GroupwareMailTrustedSender bank.test
GroupwareMailTrustedSender gone@shop.test {PICTURE}.gone
"""
INBOX = "default0/INBOX"


def given(api, *results: str, sender: str = "news@shop.test") -> str:
    lines = "".join(f"Authentication-Results: {each}\r\n" for each in results)
    api.user(1)
    api.save_mail("user1", f"{lines}From: News <{sender}>\r\nSubject: Hi\r\n\r\ntext\r\n".encode())
    return api.get("mail", action="all", folder=INBOX, columns="600", sort="600", order="asc").data[-1][0]


def judged(api, id: str):
    whole = api.get("mail", action="get", folder=INBOX, id=id, unseen=True).data.get("authenticity")
    [[cell]] = api.put("mail", [{"folder": INBOX, "id": id}], action="list", columns="664").data
    assert cell == whole
    return whole


def test_a_mail_is_judged_by_the_newest_results_of_a_trusted_server(api):
    found = judged(api, given(api, "evil.test; dmarc=fail header.from=shop.test",
                              "MX.example.test; dmarc=pass (p=reject) header.from=shop.test; dkim=pass header.d=shop.test;\r\n"
                              " spf=softfail smtp.mailfrom=b@other.test; arc=none", "mx.example.test; dmarc=fail"))
    assert found.pop("image")
    assert found == {
        "status": "pass", "from_domain": "shop.test", "trusted": True,
        "dmarc": {"result": "pass", "reason": "p=reject", "from_domain": "shop.test"},
        "dkim": {"result": "pass", "from_domain": "shop.test"}, "spf": {"result": "softfail", "from_domain": "other.test"},
        "unconsidered_results": [{"mechanism": "arc", "result": "none"}]}


def test_statuses(api):
    for results, status in (([], "not-analyzed"), (["evil.test; dmarc=pass header.from=shop.test"], "not-analyzed"),
                            (["mx.example.test; dmarc=fail header.from=shop.test"], "fail"), (["mx.example.test; none"], "neutral")):
        found = judged(api, given(api, *results))
        assert found["status"] == status and not found.get("trusted"), results


def test_the_picture_of_a_trusted_sender(api):
    proof = "mx.example.test; dmarc=pass header.from={}"
    image = judged(api, given(api, proof.format("shop.test")))["image"]
    client = api.user(1)
    answer = client.request("GET", f"{image}&session={client.session}")
    assert (answer.status, answer.headers["Content-Type"], answer.body) == (200, "image/png", PICTURE.read_bytes())
    again = client.request("GET", image, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304
    assert client.request("GET", image[:-4]).status == 404
    # A domain stands for those below it, too; not everybody has a picture.
    bank = judged(api, given(api, proof.format("mail.bank.test"), sender="you@mail.bank.test"))
    assert bank["trusted"] is True and "image" not in bank
    other = judged(api, given(api, proof.format("shop.test"), sender="else@shop.test"))
    assert other["status"] == "pass" and other["trusted"] is False
    api.announce("GW0406")
    gone = judged(api, given(api, proof.format("shop.test"), sender="gone@shop.test"))["image"]
    assert client.request("GET", gone).status == 404
