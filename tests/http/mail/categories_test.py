"""The tabs of the inbox: keywords that users set, and that rules set when mails arrive."""

import smtplib

MAIL = True
DIRECTIVES = """
GroupwareMailCategories on name=Main name.de=Allgemein
GroupwareMailCategory promotion name=Offers
GroupwareMailCategory social name=Social
GroupwareMailCategory mine kind=user active=off name=Mine
"""
INBOX = "default0/INBOX"
CATEGORIES = "mail/categories"


def deliver(api, subject: str, sender: str, headers: str = "") -> None:
    to = api.mail("user1")
    message = (f"From: <{sender}>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x.test>\r\n"
               f"{headers}\r\ntext\r\n")
    with smtplib.LMTP("127.0.0.1", api.server.mail.mailboxes.ports["lmtp"]) as line:
        line.sendmail(sender, [to], message)


def mails(client, category: str) -> dict:
    answer = client.get("mail", action="all", folder=INBOX, columns="607,600", categoryid=category)
    return {subject: uid for subject, uid in answer.data}


def unread(client) -> dict:
    return client.get(CATEGORIES, action="unread").data


def settings(client) -> dict:
    return client.put("jslob", ["io.ox/mail"], action="list").data[0]["tree"]["categories"]


def test_clients_learn_the_categories_and_change_what_they_may(api):
    client = api.user(1)
    assert "mail_categories" in [entry["id"] for entry in client.get("capabilities", action="all").data]
    told = settings(client)
    assert (told["enabled"], told["forced"]) == (True, False)
    assert [(each["id"], each["name"], each["active"]) for each in told["list"]] == [
        ("general", "Main", True), ("promotion", "Offers", True), ("social", "Social", True), ("mine", "Mine", False)]
    changes = {"categories": {"list": [{"id": "mine", "active": True, "name": "Friends"}, {"id": "social", "name": "No"}]}}
    client.put("jslob", changes, action="update", id="io.ox/mail")
    assert [(each["name"], each["active"]) for each in settings(client)["list"]][2:] == [("Social", True), ("Friends", True)]
    assert client.get("config/modules/mail/categories").data == settings(client)
    client.put("config/modules/mail/categories", {"enabled": False})
    assert unread(client) == {"general": 0}
    client.get("mail", action="all", folder=INBOX, columns="600", categoryid="social").expect_error("MSG-0103")


def test_mails_are_moved_between_categories(api):
    client = api.user(1)
    for name in ("a", "b", "c"):
        deliver(api, name, f"{name}@x.test")
    ids = mails(client, "general")
    assert set(ids) == {"a", "b", "c"} and unread(client) == {"general": 3, "promotion": 0, "social": 0}

    def move(category, *names):
        body = [{"id": ids[name], "folder_id": INBOX} for name in names]
        return client.put(CATEGORIES, body, action="move", category_id=category)

    assert move("promotion", "a", "b").data is None
    assert move("social", "b").data is None
    assert unread(client) == {"general": 1, "promotion": 1, "social": 1}
    assert (set(mails(client, "promotion")), set(mails(client, "social"))) == ({"a"}, {"b"})
    found = client.put("mail", [{"col": 607, "pattern": "b"}], action="search", folder=INBOX, columns="607", categoryid="social")
    assert found.data == [["b"]]
    assert client.put("mail", [{"col": 607, "pattern": "b"}], action="search", folder=INBOX, columns="607",
                      categoryid="promotion").data == []
    client.put("mail", {"flags": 32, "value": True}, action="update", folder=INBOX, id=ids["a"])
    assert client.get(CATEGORIES, action="unread", category_ids="promotion,none").data == {"none": 2, "promotion": 0}
    move("general", "a", "b")
    assert set(mails(client, "general")) == {"a", "b", "c"}
    move("mine", "a").expect_error("MSG-0103")
    move("other", "a").expect_error("MSG-0103")
    client.put(CATEGORIES, [{"id": ids["a"], "folder_id": "default0/Trash"}], action="move",
               category_id="social").expect_error("MSG-0046")
    client.put(CATEGORIES, {}, action="move", category_id="social").expect_error("SVL-0028")
    client.get(CATEGORIES, action="unread", category_ids="other").expect_error("MSG-0103")


def test_a_conversation_shows_in_the_categories_of_its_mails(api):
    client = api.user(1)
    deliver(api, "first", "a@x.test")
    deliver(api, "second", "b@x.test", "In-Reply-To: <first@x.test>\r\nReferences: <first@x.test>\r\n")
    ids = mails(client, "none")
    client.put(CATEGORIES, [{"id": ids["second"], "folder_id": INBOX}], action="move", category_id="social")

    def threads(category):
        answer = client.get("mail", action="threadedAll", folder=INBOX, columns="600,607", sort="610", order="desc",
                            categoryid=category)
        return [[mail["subject"] for mail in head["thread"]] for head in answer.data]

    assert threads("social") == threads("general") == [["second", "first"]]
    assert threads("promotion") == []


def test_what_is_taught_holds_when_mails_arrive(api):
    client = api.user(1)
    deliver(api, "old", "shop@x.test")
    deliver(api, "other", "workshop@x.test")

    def teach(category, *addresses, **parameters):
        return client.put(CATEGORIES, {"from": list(addresses)}, action="train", category_id=category, **parameters)

    assert teach("promotion", "Shop@x.test", "offers@x.test").data is None
    deliver(api, "new", "shop@x.test")
    assert set(mails(client, "promotion")) == {"new"}
    teach("promotion", "shop@x.test", **{"apply-for-existing": "true", "apply-for-future-ones": "false"})
    assert set(mails(client, "promotion")) == {"new", "old"}
    teach("social", "shop@x.test")
    deliver(api, "friend", "shop@x.test")
    deliver(api, "offer", "offers@x.test")
    assert set(mails(client, "social")) == {"friend"} and set(mails(client, "promotion")) == {"new", "old", "offer"}
    rules = client.get("mailfilter/v2", action="list", flag="category").data
    assert sorted(rule["test"]["values"][0] for rule in rules) == ["offers@x.test", "shop@x.test"]
    teach("general", "shop@x.test", "offers@x.test", **{"apply-for-existing": "true"})
    assert set(mails(client, "general")) == {"old", "other", "new", "friend", "offer"}
    assert client.get("mailfilter/v2", action="list", flag="category").data == []


def test_wrong_lessons_are_refused(api):
    client = api.user(1)
    for body, code in (([], "SVL-0028"), ({}, "SVL-0002"), ({"from": []}, "SVL-0002"), ({"from": ["ann"]}, "MSG-1008"),
                       ({"from": "a@x.test"}, "SVL-0028"), ({"from": [f"{n}@x.test" for n in range(101)]}, "SVL-0031")):
        client.put(CATEGORIES, body, action="train", category_id="social").expect_error(code)
    for category in ("mine", "other", "none"):
        client.put(CATEGORIES, {"from": ["a@x.test"]}, action="train", category_id=category).expect_error("MSG-0103")
    assert client.get("mailfilter/v2", action="list").data == []
