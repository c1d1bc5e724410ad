// Files of contacts: rights, counters, updates, quota, failures, and what becomes of them.
#include "model/attachments/attachment_service.hpp"

#include "core/errors/attachment.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/calendar/calendar_writing.hpp"
#include "model/calendar/event_time.hpp"
#include "model/quotas/quota_service.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace attachments = model::attachments;
namespace contacts = model::contacts;
using attachments::ParentRef;

class Attachments : public FileCabinet {
 protected:
  FolderId address_book(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).contacts_folder;
  }
  ParentRef contact(UserId user, FolderId folder = {}, const std::string& more = "") {
    if (!folder) folder = address_book(user);
    const auto input = contacts::parse_contact(
        json("{'last_name':'x','folder_id':'" + std::to_string(folder.value) + "'" + more + "}"), true);
    return {attachments::ParentModule::Contact, folder, contacts::create(as(user), input).id};
  }
  attachments::Attached attach(UserId user, const ParentRef& parent,
                               const std::vector<std::pair<std::string, std::string>>& files) {
    std::vector<attachments::NewFiles> objects;
    auto& object = objects.emplace_back(as(user), parent);
    for (const auto& [name, bytes] : files) {
      attachments::Attachment facts;
      facts.filename = name;
      object.begin(facts, static_cast<std::int64_t>(bytes.size()));
      object.write(bytes);
    }
    return attachments::attach(as(user), objects);
  }
  ObjectId attach_one(UserId user, const ParentRef& parent, const std::string& name,
                      const std::string& bytes) {
    return attach(user, parent, {{name, bytes}}).ids.front();
  }
  Names list(UserId user, const ParentRef& parent, const attachments::Sort& sort = {}) {
    Names names;
    for (const auto& attachment : attachments::list(as(user), parent, sort).items)
      names.push_back(*attachment.filename);
    return names;
  }
  contacts::Contact parent(UserId user, const ParentRef& ref) {
    return contacts::get(as(user), {ref.folder, ref.object});
  }
  std::string bytes(UserId user, const ParentRef& parent, ObjectId id) {
    const auto content = attachments::open_content(as(user), parent, id);
    std::string text(1'000, '\0');
    text.resize(content.store->open(*content.attachment.file_id, 0, -1)->read(text));
    return text;
  }
};

TEST_F(Attachments, FilesAreBoundToTheirContactAndCounted) {
  const ParentRef anna = contact(kAnna);
  const auto made = attach(kAnna, anna, {{"b.txt", "22"}, {"a.txt", "1"}});
  ASSERT_EQ(made.ids.size(), 2U);
  EXPECT_EQ(list(kAnna, anna), (Names{"b.txt", "a.txt"}));
  EXPECT_EQ(list(kAnna, anna, {803, false}), (Names{"a.txt", "b.txt"}));
  EXPECT_EQ(list(kAnna, anna, {804, true}), (Names{"b.txt", "a.txt"}));
  EXPECT_EQ(bytes(kAnna, anna, made.ids[0]), "22");
  const contacts::Contact stored = parent(kAnna, anna);
  EXPECT_EQ(stored.number_of_attachments, 2);
  EXPECT_EQ(stored.newest_attachment, made.timestamp);
  EXPECT_EQ(stored.last_modified, made.timestamp);
  EXPECT_EQ(used(), 3);
  EXPECT_EQ(root.files.spaces.at("1_ctx_store").size(), 2U);
  EXPECT_EQ(attachments::list(as(kAnna), anna, {}).timestamp, made.timestamp);
}

TEST_F(Attachments, AnObjectAndItsFilesAreWrittenTogetherOrNotAtAll) {
  const ParentRef anna = contact(kAnna);
  const auto write = [&](const std::function<void(model::Transaction&, attachments::NewFiles&)>& body) {
    attachments::NewFiles files(as(kAnna), attachments::ParentModule::Contact);
    attachments::Attachment facts;
    facts.filename = "a.txt";
    files.begin(facts, 1);
    files.write("1");
    attachments::write_with(as(kAnna), &files,
                            [&](model::Transaction& transaction) { body(transaction, files); });
  };
  write([](auto&, auto&) {});
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
  EXPECT_THROW(write([&](model::Transaction& transaction, attachments::NewFiles& files) {
                 files.belong_to(anna);
                 attachments::attach(transaction, files);
                 throw ApiError(errors::att::kNotFound, {"x"});
               }),
               ApiError);
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(list(kAnna, anna), Names{});
  Millis stamp;
  attachments::Attached made;
  write([&](model::Transaction& transaction, attachments::NewFiles& files) {
    stamp = transaction.stamp();
    files.belong_to(anna);
    made = attachments::attach(transaction, files);
  });
  EXPECT_EQ(made.timestamp, stamp);
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(bytes(kAnna, anna, made.ids.at(0)), "1");
  attachments::write_with(as(kAnna), nullptr, [&](model::Transaction& transaction) {
    attachments::detach(transaction, anna, made.ids);
  });
  EXPECT_EQ(root.files.count(), 0U);
}

TEST_F(Attachments, AnEventWhoseFilesAreRefusedIsNotWritten) {
  namespace calendar = model::calendar;
  const FolderId folder = [&] {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, kAnna).calendar_folder;
  }();
  calendar::EventInput input;
  input.event.start = calendar::parse_time("20240701").value();
  input.event.end = calendar::parse_time("20240702").value();
  input.sent = {calendar::EventField::StartDate, calendar::EventField::EndDate};
  const auto create = [&](std::int64_t limit) {
    attachments::NewFiles files(as(kAnna), attachments::ParentModule::Appointment);
    attachments::Attachment facts;
    facts.filename = "a.txt";
    files.begin(facts, 1);
    files.write("1");
    database.settings.limits.attachments_per_context = limit;
    attachments::write_with(as(kAnna), &files, [&](model::Transaction& transaction) {
      const auto made = calendar::create(transaction, folder, input, {});
      files.belong_to({attachments::ParentModule::Appointment, folder, made.created.front().event.id});
      attachments::attach(transaction, files);
    });
  };
  EXPECT_EQ(refusal([&] { create(0); }), "QUOTA-0003");
  EXPECT_TRUE(calendar::list_folder(as(kAnna), folder, {}).empty());
  EXPECT_EQ(root.files.count(), 0U);
  database.settings.limits.attachments_per_context = -1;
  create(-1);
  const auto seen = calendar::list_folder(as(kAnna), folder, {});
  ASSERT_EQ(seen.size(), 1U);
  ASSERT_EQ(seen[0].event.attachments.size(), 1U);
  EXPECT_EQ(seen[0].event.attachments[0].created, seen[0].event.timestamp);
  EXPECT_EQ(root.files.count(), 1U);
}

TEST_F(Attachments, DetachingTakesRowFileSpaceAndCounterAlong) {
  const ParentRef anna = contact(kAnna);
  const auto first = attach(kAnna, anna, {{"a", "1"}});
  const auto second = attach(kAnna, anna, {{"b", "22"}});
  const Millis stamp = attachments::detach(as(kAnna), anna, second.ids);
  EXPECT_EQ(list(kAnna, anna), Names{"a"});
  const contacts::Contact stored = parent(kAnna, anna);
  EXPECT_EQ(stored.number_of_attachments, 1);
  EXPECT_EQ(stored.newest_attachment, first.timestamp);
  EXPECT_EQ(stored.last_modified, stamp);
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(root.files.count(), 1U);
  attachments::detach(as(kAnna), anna, first.ids);
  EXPECT_EQ(parent(kAnna, anna).newest_attachment.value, 0);
}

TEST_F(Attachments, UnknownOnesAreNotFoundAndNothingIsDetached) {
  const ParentRef anna = contact(kAnna);
  const ParentRef other = contact(kAnna);
  const ObjectId id = attach_one(kAnna, anna, "a", "1");
  EXPECT_EQ(refusal([&] { attachments::get(as(kAnna), other, id); }), "ATT-0405");
  EXPECT_EQ(refusal([&] {
              attachments::detach(as(kAnna), anna, std::array{id, ObjectId(999'999)});
            }),
            "ATT-0405");
  EXPECT_EQ(refusal([&] { attachments::detach(as(kAnna), anna, std::array{id, id}); }), "ATT-0405");
  EXPECT_EQ(list(kAnna, anna), Names{"a"});
  EXPECT_EQ(parent(kAnna, anna).number_of_attachments, 1);
  EXPECT_EQ(root.files.count(), 1U);
}

TEST_F(Attachments, RightsAreThoseOfTheContact) {
  const FolderId book = address_book(kAnna);
  const ParentRef own = contact(kAnna);
  const ObjectId id = attach_one(kAnna, own, "a", "1");
  EXPECT_EQ(refusal([&] { list(kBerta, own); }), "FLD-0003");
  share(book, kBerta, kReadAll);
  EXPECT_EQ(list(kBerta, own), Names{"a"});
  EXPECT_EQ(bytes(kBerta, own, id), "1");
  EXPECT_EQ(refusal([&] { attach(kBerta, own, {{"b", "2"}}); }), "CON-0176");
  EXPECT_EQ(refusal([&] { attachments::detach(as(kBerta), own, std::array{id}); }), "CON-0176");
  share(book, kCarl, kOwnOnly);
  EXPECT_EQ(refusal([&] { list(kCarl, own); }), "CON-0125");
  const ParentRef carls = contact(kCarl, book);
  EXPECT_EQ(attach(kCarl, carls, {{"c", "3"}}).ids.size(), 1U);
  EXPECT_EQ(refusal([&] { attach(kBerta, carls, {{"b", "2"}}); }), "CON-0176");
  const ParentRef hidden = contact(kAnna, book, ",'private_flag':true");
  attach_one(kAnna, hidden, "h", "4");
  EXPECT_EQ(refusal([&] { list(kBerta, hidden); }), "CON-0125");
  EXPECT_EQ(root.files.count(), 3U);
}

TEST_F(Attachments, AContactOfAnotherFolderOrContextIsNotFound) {
  const ParentRef own = contact(kAnna);
  attach_one(kAnna, own, "a", "1");
  ParentRef elsewhere = own;
  elsewhere.folder = address_book(kBerta);
  EXPECT_NE(refusal([&] { list(kBerta, elsewhere); }), "");
  elsewhere.object = ObjectId(999'999);
  EXPECT_EQ(refusal([&] { list(kBerta, elsewhere); }), "CON-0125");
}

TEST_F(Attachments, UpdatesTellEachChangeOnce) {
  const ParentRef anna = contact(kAnna);
  const auto first = attach(kAnna, anna, {{"a", "1"}});
  const auto second = attach(kAnna, anna, {{"b", "2"}});
  auto found = attachments::updates(as(kAnna), anna, first.timestamp, {});
  ASSERT_EQ(found.changed.items.size(), 1U);
  EXPECT_EQ(found.changed.items.front().filename, "b");
  EXPECT_EQ(found.changed.timestamp, second.timestamp);
  const Millis gone = attachments::detach(as(kAnna), anna, first.ids);
  found = attachments::updates(as(kAnna), anna, second.timestamp, {});
  EXPECT_TRUE(found.changed.items.empty());
  EXPECT_EQ(found.removed, first.ids);
  EXPECT_EQ(found.changed.timestamp, gone);
  found = attachments::updates(as(kAnna), anna, gone, {});
  EXPECT_TRUE(found.changed.items.empty() && found.removed.empty());
}

TEST_F(Attachments, TheQuotaOfTheContextCountsThem) {
  set_context_quota(5);
  set_user_quota(kAnna, 0);  // never a user's own store
  const ParentRef anna = contact(kAnna);
  attach_one(kAnna, anna, "a", "1234");
  EXPECT_EQ(refusal([&] { attach(kAnna, anna, {{"b", "12"}}); }), "FLS-0024");
  EXPECT_EQ(refusal([&] { attach(kAnna, anna, {{"b", "1"}, {"c", "1"}}); }), "FLS-0024");
  EXPECT_EQ(list(kAnna, anna), Names{"a"});
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(used(), 4);
}

TEST_F(Attachments, TheirNumberIsLimitedAndTold) {
  database.settings.limits.attachments_per_context = 2;
  const ParentRef anna = contact(kAnna);
  attach_one(kAnna, anna, "a", "1");
  EXPECT_EQ(refusal([&] { attach(kAnna, anna, {{"b", "1"}, {"c", "1"}}); }), "QUOTA-0003");
  attach_one(kAnna, anna, "b", "1");
  EXPECT_EQ(refusal([&] { attach(kAnna, anna, {{"c", "1"}}); }), "QUOTA-0003");
  const auto quotas = model::quotas::list_quotas(as(kAnna));
  const auto found = std::find_if(quotas.begin(), quotas.end(),
                                  [](const auto& quota) { return quota.module == "attachment"; });
  ASSERT_NE(found, quotas.end());
  EXPECT_EQ(found->count_limit, 2);
  EXPECT_EQ(found->count_use, 2);
}

TEST_F(Attachments, NamesThatCannotBeSavedAreRefused) {
  const ParentRef anna = contact(kAnna);
  for (const std::string name : {"", ".", "..", "a/b", "a\nb", "\xff"})
    EXPECT_EQ(refusal([&] { attach(kAnna, anna, {{name, "1"}}); }), "ATT-0418") << name;
  EXPECT_EQ(refusal([&] { attach(kAnna, anna, {}); }), "ATT-0401");
  EXPECT_EQ(root.files.count(), 0U);
}

TEST_F(Attachments, WhatIsAnnouncedNamesItsObject) {
  const auto made = attachments::parse_announced(
      json("{'folder':5,'attached':'6','module':7,'filename':'n','rtf_flag':true,'file_size':9}"));
  EXPECT_EQ(made.parent.folder, FolderId(5));
  EXPECT_EQ(made.parent.object, ObjectId(6));
  EXPECT_EQ(made.facts.filename, "n");
  EXPECT_TRUE(made.facts.rtf_flag);
  EXPECT_EQ(made.facts.file_size, 0);
  const std::pair<const char*, const char*> broken[] = {
      {"{'folder':5,'attached':6}", "SVL-0002"},
      {"{'folder':5,'module':7}", "SVL-0002"},
      {"{'folder':'x','attached':6,'module':7}", "ATT-0701"},
      {"{'folder':5,'attached':6,'module':2}", "SVL-0010"},
      {"{'folder':5,'attached':6,'module':137}", "SVL-0010"},
      {"[]", "SVL-0028"}};
  for (const auto& [text, code] : broken)
    EXPECT_EQ(refusal([&input = text] { attachments::parse_announced(json(input)); }), code) << text;
}

TEST_F(Attachments, TheyGoWithTheirContactItsFolderAndItsUser) {
  const FolderId book = address_book(kAnna);
  const ParentRef one = contact(kAnna);
  attach(kAnna, one, {{"a", "1"}, {"b", "2"}});
  contacts::remove(as(kAnna), std::array{contacts::ContactRef{book, one.object}}, contacts::kAnyVersion);
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
  model::folders::FolderChange change;
  change.title = "below";
  const FolderId below = model::folders::create_folder(as(kAnna), std::to_string(book.value), change).id;
  attach_one(kAnna, contact(kAnna, below), "c", "3");
  model::folders::delete_folder(as(kAnna), std::to_string(below.value));
  EXPECT_EQ(root.files.count(), 0U);
  share(book, kBerta, kAuthor);
  const ParentRef annas = contact(kAnna);
  attach_one(kBerta, annas, "d", "4");
  attach_one(kBerta, contact(kBerta), "e", "5");
  model::users::delete_user(as(kAdmin), kBerta);
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(attachments::list(as(kAnna), annas, {}).items.front().created_by, kAdmin.value);
  model::users::delete_user(as(kAdmin), kAnna);
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
}

TEST_F(Attachments, AMovedContactKeepsThem) {
  const ParentRef one = contact(kAnna);
  const ObjectId id = attach_one(kAnna, one, "a", "1");
  model::folders::FolderChange change;
  change.title = "target";
  const FolderId target =
      model::folders::create_folder(as(kAnna), std::to_string(one.folder.value), change).id;
  const auto input =
      contacts::parse_contact(json("{'folder_id':'" + std::to_string(target.value) + "'}"), false);
  contacts::update(as(kAnna), {one.folder, one.object}, input, contacts::kAnyVersion);
  EXPECT_EQ(bytes(kAnna, {one.module, target, one.object}, id), "1");
  EXPECT_EQ(attachments::get(as(kAnna), {one.module, target, one.object}, id).attachment.folder,
            target.value);
}

TEST_F(Attachments, AnAbandonedOrFailedAttachLeavesNothing) {
  const ParentRef anna = contact(kAnna);
  {
    attachments::NewFiles files(as(kAnna), anna);
    attachments::Attachment facts;
    facts.filename = "a";
    files.begin(facts, -1);
    files.write("bytes");
  }
  EXPECT_EQ(root.files.count(), 0U);
  root.files.fault = filestore::StoreError::Kind::Full;
  EXPECT_EQ(refusal([&] { attach(kAnna, anna, {{"a", "1"}}); }), "FLS-0011");
  root.files.fault.reset();
  EXPECT_EQ(list(kAnna, anna), Names{});
  EXPECT_EQ(used(), 0);
}

TEST_F(Attachments, TheCheckOfTheStoreKnowsThem) {
  const ParentRef anna = contact(kAnna);
  const auto made = attach(kAnna, anna, {{"kept", "1"}, {"lost", "22"}});
  database.clock.advance(2 * model::files::kGraceMillis);
  auto found = model::files::check_files(as(kAdmin));
  EXPECT_TRUE(found.orphans.empty() && found.missing.empty() && found.usage.empty());
  auto& space = root.files.spaces.at("1_ctx_store");
  space.erase(*attachments::get(as(kAnna), anna, made.ids[1]).attachment.file_id);
  found = model::files::check_files(as(kAdmin));
  ASSERT_EQ(found.missing.size(), 1U);
  EXPECT_EQ(found.missing.front().row, "attachment " + std::to_string(made.ids[1].value));
  model::files::mend_files(as(kAdmin), found);
  EXPECT_EQ(list(kAnna, anna), Names{"kept"});
  EXPECT_EQ(parent(kAnna, anna).number_of_attachments, 1);
  EXPECT_EQ(used(), 1);
  found = model::files::check_files(as(kAdmin));
  EXPECT_TRUE(found.orphans.empty() && found.missing.empty() && found.usage.empty());
}

}  // namespace
}  // namespace gw::test
