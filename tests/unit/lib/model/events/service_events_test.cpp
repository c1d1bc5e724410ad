// What every write of the services tells, to whom, and that a write which is rolled back tells nothing. A row
// per write: a new one belongs here.
#include <fmt/format.h>

#include <functional>
#include <sstream>

#include "model/attachments/attachment_service.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/groups/group_service.hpp"
#include "model/infostore/infostore_properties.hpp"
#include "model/infostore/infostore_tree.hpp"
#include "model/infostore/item_shares.hpp"
#include "model/resources/resource_service.hpp"
#include "model/tasks/task_service.hpp"
#include "sql/driver.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace contacts = model::contacts;
namespace folders = model::folders;
namespace attachments = model::attachments;
namespace tasks = model::tasks;
using model::UnitOfWork;

constexpr model::Rights kSee{1, 0, 0, 0, false};

/// Anna's address book "book" is seen by Berta, her file folder "files" by Berta, "album" by nobody else,
/// "shared" is a subfolder of "files" that Carl sees, too; Berta takes part in the task of Anna's "todo", and
/// has it in "hers".
class World : public FileCabinet {
 public:
  using FileCabinet::add_version;
  using FileCabinet::store;
  using FileCabinet::subfolder;
  using SampleContext::database;

  void TestBody() override {}
  World() {
    {
      const sql::Lease lease = database.pool->acquire();
      book = model::users::load_user(*lease, kContext, kAnna).contacts_folder;
      files = model::users::load_user(*lease, kContext, kAnna).infostore_folder;
      bin = model::users::load_user(*lease, kContext, kAnna).infostore_trash;
      todo = model::users::load_user(*lease, kContext, kAnna).tasks_folder;
      hers = model::users::load_user(*lease, kContext, kBerta).tasks_folder;
    }
    share(book, kBerta, kSee);
    share(files, kBerta, kSee);
    shared = subfolder(kAnna, files, "shared");
    share(shared, kCarl, kSee);
    other = subfolder(kAnna, book, "other");
    contact = add_contact("{'last_name':'x'}");
    secret = add_contact("{'last_name':'y','private_flag':true}");
    file = store(kAnna, files, "a.txt", "1").ref;
    share(todo, kCarl, kSee);
    auto given = task_input("{'title':'t','participants':[{'id':4,'type':1}]}");
    given.task.folder_id = todo.value;
    task = tasks::create(as(kAnna), given).id;
    names = {{todo, "todo"},     {hers, "hers"},   {book, "book"},  {files, "files"},     {bin, "bin"},
             {shared, "shared"}, {other, "other"}, {kShared, "10"}, {FolderId(6), "all"}, {FolderId(0), "-"}};
    forget();
  }

  ObjectId add_contact(const std::string& members) {
    Json body = json(members);
    body.set("folder_id", Json::string(std::to_string(book.value)));
    return contacts::create(as(kAnna), contacts::parse_contact(body, true)).id;
  }
  contacts::ContactInput contact_input(const std::string& members, bool creating = false) {
    return contacts::parse_contact(json(members), creating);
  }
  tasks::TaskInput task_input(const std::string& members) {
    return tasks::parse_task(json(members), TimeZone::utc());
  }
  /// Bytes on their way through this unit of work.
  std::optional<infostore::Deposit> deposit(UnitOfWork& work, std::optional<ObjectId> existing = {}) {
    std::optional<infostore::Deposit> bytes;
    bytes.emplace(work, files, existing);
    bytes->write("22");
    return bytes;
  }
  folders::FolderChange titled(const std::string& title) {
    folders::FolderChange change;
    change.title = title;
    return change;
  }
  void forget() { database.events.events.clear(); }
  UnitOfWork& anna() { return as(kAnna); }
  UnitOfWork& admin() { return as(kAdmin); }
  model::Environment environment_on(sql::Pool& pool) {
    return {database.settings, pool, database.clock, database.events, database.contents, &root};
  }
  sql::Pool faulty_pool(const std::shared_ptr<sql::fault::Plan>& plan) {
    return {std::make_unique<sql::fault::FaultDriver>(sql::make_driver(database.settings.database), plan),
            database.settings.database};
  }
  /// `contact created book:3,4`, an event per line. Unknown folders are new.
  std::string told() {
    std::ostringstream text;
    for (const model::Event& event : database.events.events) {
      text << module_name(event.module) << ' ' << kind_name(event.kind);
      std::vector<std::string> parts;
      for (const model::FolderAudience& audience : event.audiences) {
        std::string users;
        for (const UserId user : audience.users)
          users += (users.empty() ? "" : ",") + std::to_string(user.value);
        const auto name = names.find(audience.folder);
        parts.push_back((name == names.end() ? "new" : name->second) + ":" + users);
      }
      std::sort(parts.begin(), parts.end());
      for (const std::string& part : parts) text << ' ' << part;
      text << '\n';
    }
    return text.str();
  }

  FolderId book, files, bin, shared, other, todo, hers;
  ObjectId contact, secret, task;
  ItemRef file;
  std::map<FolderId, std::string> names;

 private:
  static std::string module_name(model::ObjectModule module) {
    switch (module) {
      case model::ObjectModule::Contact:
        return "contact";
      case model::ObjectModule::Task:
        return "task";
      case model::ObjectModule::Infostore:
        return "file";
      case model::ObjectModule::Folder:
        return "folder";
      case model::ObjectModule::User:
        return "user";
      case model::ObjectModule::Group:
        return "group";
      case model::ObjectModule::Resource:
        return "resource";
      default:
        return "?";
    }
  }
  static std::string kind_name(model::ChangeKind kind) {
    constexpr std::array kNames{"created", "updated", "moved", "deleted"};
    return kNames.at(static_cast<std::size_t>(kind));
  }
};

struct Row {
  const char* name;
  UserId user;
  void (*prepare)(World&);  ///< may be null
  void (*write)(World&, UnitOfWork&);
  const char* told;
};

void no_preparation(World&) {}
std::string id_of(FolderId id) { return std::to_string(id.value); }

void share_file(World& world) {
  infostore::update(
      world.anna(), world.file,
      infostore::parse_item(json("{'object_permissions':[{'entity':5,'group':false,'bits':1}]}"), false),
      kAnyVersion);
}

const Row kRows[] = {
    {"ContactCreate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       auto input = world.contact_input("{'last_name':'new'}", true);
       input.contact.folder_id = world.book.value;
       contacts::create(work, input);
     },
     "contact created book:3,4\n"},
    {"ContactCreatePrivate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       auto input = world.contact_input("{'last_name':'new','private_flag':true}", true);
       input.contact.folder_id = world.book.value;
       contacts::create(work, input);
     },
     "contact created book:3\n"},
    {"ContactImport", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       auto input = world.contact_input("{'last_name':'new'}", true);
       input.contact.folder_id = world.book.value;
       contacts::create_many(work, std::vector{input, input});
     },
     "contact created book:3,4\ncontact created book:3,4\n"},
    {"ContactUpdate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       contacts::update(work, {world.book, world.contact}, world.contact_input("{'note':'n'}"),
                        contacts::kAnyVersion);
     },
     "contact updated book:3,4\n"},
    {"ContactBecomesPrivate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       contacts::update(work, {world.book, world.contact}, world.contact_input("{'private_flag':true}"),
                        contacts::kAnyVersion);
     },
     "contact updated book:3,4\n"},
    {"ContactMove", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       auto input = world.contact_input("{'folder_id':'" + id_of(world.other) + "'}");
       contacts::update(work, {world.book, world.contact}, input, contacts::kAnyVersion);
     },
     "contact moved book:3,4 other:3,4\n"},
    {"ContactMovePrivate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       auto input = world.contact_input("{'folder_id':'" + id_of(world.other) + "'}");
       contacts::update(work, {world.book, world.secret}, input, contacts::kAnyVersion);
     },
     "contact moved book:3 other:3\n"},
    {"ContactCopy", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       contacts::copy(work, {world.book, world.contact}, world.other);
     },
     "contact created other:3,4\n"},
    {"ContactDelete", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       contacts::remove(work,
                        std::array{contacts::ContactRef{world.book, world.contact},
                                   contacts::ContactRef{world.book, world.secret}},
                        contacts::kAnyVersion);
     },
     "contact deleted book:3,4\ncontact deleted book:3\n"},
    {"ContactAttach", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       std::vector<attachments::NewFiles> objects;
       auto& object = objects.emplace_back(
           work, attachments::ParentRef{attachments::ParentModule::Contact, world.book, world.contact});
       attachments::Attachment facts;
       facts.filename = "a";
       object.begin(facts, 1);
       object.write("1");
       attachments::attach(work, objects);
     },
     "contact updated book:3,4\n"},
    {"FolderClear", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) { folders::clear_folder(work, id_of(world.book)); },
     "contact deleted book:3,4\n"},
    {"FolderCreate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       folders::create_folder(work, id_of(world.other), world.titled("new"));
     },
     "folder created new:3,4 other:3,4\n"},
    {"FolderRename", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       folders::change_folder(work, id_of(world.other), world.titled("renamed"));
     },
     "folder updated book:3,4 other:3,4\n"},
    {"FolderLosesAViewer", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       folders::FolderChange change;
       change.permissions = {{kAnna.value, false, *model::rights_from_bits(model::kOwnerBits)}};
       folders::change_folder(work, id_of(world.other), change);
     },
     "folder updated book:3,4 other:3,4\n"},
    {"FolderGetsAViewer", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       folders::FolderChange change;
       change.permissions = {{kAnna.value, false, *model::rights_from_bits(model::kOwnerBits)},
                             {kCarl.value, false, kSee}};
       folders::change_folder(work, id_of(world.shared), change);
     },
     "folder updated files:3,4 shared:3,4,5\n"},
    {"FolderDelete", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) { folders::delete_folder(work, id_of(world.other)); },
     "folder deleted book:3,4 other:3,4\n"},
    {"FolderTrash", kAnna,
     [](World& world) { world.names[world.subfolder(kAnna, world.shared, "below")] = "below"; },
     [](World& world, UnitOfWork& work) { folders::delete_folder(work, id_of(world.shared)); },
     "folder deleted bin:3 files:3,4 shared:3,4,5\nfolder deleted below:3,4,5 shared:3,4,5\n"},
    {"FolderRestore", kAnna,
     [](World& world) {
       world.names[world.subfolder(kAnna, world.shared, "below")] = "below";
       folders::delete_folder(world.anna(), id_of(world.shared));
     },
     [](World& world, UnitOfWork& work) { folders::restore_folder(work, id_of(world.shared)); },
     "folder moved bin:3 files:3,4 shared:3,4\nfolder updated below:3,4 shared:3,4\n"},
    {"FolderDeleteForGood", kAnna, [](World& world) { world.store(kAnna, world.shared, "b", "1"); },
     [](World& world, UnitOfWork& work) { folders::delete_folder(work, id_of(world.shared), {}, true); },
     "file deleted shared:3,4,5\nfolder deleted files:3,4 shared:3,4,5\n"},
    {"FileCreate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       auto input = infostore::parse_item(json("{'filename':'new'}"), true);
       input.item.folder_id = world.files.value;
       infostore::create(work, input, world.deposit(work));
     },
     "file created files:3,4\n"},
    {"FileUpdate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::update(work, world.file, infostore::parse_item(json("{'description':'d'}"), false),
                         kAnyVersion);
     },
     "file updated files:3,4\n"},
    {"FileVersion", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::update(work, world.file, infostore::parse_item(json("{}"), false), kAnyVersion,
                         world.deposit(work, world.file.id));
     },
     "file updated files:3,4\n"},
    {"FileShare", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::update(
           work, world.file,
           infostore::parse_item(json("{'object_permissions':[{'entity':5,'group':false,'bits':1},"
                                      "{'entity':4,'group':false,'bits':1}]}"),
                                 false),
           kAnyVersion);
     },
     "file updated 10:5 files:3,4\n"},
    {"FileUnshare", kAnna, share_file,
     [](World& world, UnitOfWork& work) {
       infostore::update(work, world.file, infostore::parse_item(json("{'object_permissions':[]}"), false),
                         kAnyVersion);
     },
     "file updated 10:5 files:3,4\n"},
    {"FileSharedDelete", kAnna, share_file,
     [](World& world, UnitOfWork& work) {
       infostore::remove(work, std::array{world.file}, kAnyVersion, true);
     },
     "file deleted 10:5 files:3,4\n"},
    {"FileCopy", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       const auto input = infostore::parse_item(json("{'folder_id':" + id_of(world.shared) + "}"), false);
       infostore::copy(work, world.file, input);
     },
     "file created shared:3,4,5\n"},
    {"FileMove", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::move(work, std::array{world.file}, world.shared, kAnyVersion);
     },
     "file moved files:3,4 shared:3,4,5\n"},
    {"FileTrash", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::remove(work, std::array{world.file}, kAnyVersion, false);
     },
     "file deleted files:3,4\nfile created bin:3\n"},
    {"FileRestore", kAnna,
     [](World& world) { infostore::remove(world.anna(), std::array{world.file}, kAnyVersion, false); },
     [](World& world, UnitOfWork& work) {
       infostore::restore(work, std::array{ItemRef{world.bin, world.file.id}});
     },
     "file moved bin:3 files:3,4\n"},
    {"FileDetach", kAnna, [](World& world) { world.add_version(kAnna, world.file, "22"); },
     [](World& world, UnitOfWork& work) {
       Millis stamp;
       infostore::detach(work, world.file, std::array<std::int64_t, 1>{1}, kAnyVersion, stamp);
     },
     "file updated files:3,4\n"},
    {"FileRevert", kAnna, [](World& world) { world.add_version(kAnna, world.file, "22"); },
     [](World& world, UnitOfWork& work) { infostore::revert(work, world.file, kAnyVersion); },
     "file updated files:3,4\n"},
    {"FileLock", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) { infostore::lock(work, world.file, {}); },
     "file updated files:3,4\n"},
    {"FileUnlock", kAnna, [](World& world) { infostore::lock(world.anna(), world.file, {}); },
     [](World& world, UnitOfWork& work) { infostore::unlock(work, world.file); }, "file updated files:3,4\n"},
    {"DavLock", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::add_lock(work, {.token = "t",
                                  .folder = {},
                                  .item = world.file.id,
                                  .owner = kAnna,
                                  .owner_xml = {},
                                  .until = {world.database.clock.now().value + 60'000}});
     },
     "file updated files:3,4\n"},
    {"DavMove", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::move_entry(work,
                             {.source = {world.files, world.file.id}, .target = world.shared, .name = "b"});
     },
     "file moved files:3,4 shared:3,4,5\n"},
    {"DavRemove", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::remove_entry(work, {world.files, world.file.id}, {});
     },
     "file deleted files:3,4\nfile created bin:3\n"},
    {"DavMakeFolder", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) { infostore::make_folder(work, world.files, "made"); },
     "folder created files:3,4 new:3,4\n"},
    {"DeadProperties", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       infostore::change_properties(work, {world.files, world.file.id}, {{{"u:", "p", "<p/>"}, false}});
     },
     ""},
    {"TaskCreate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       auto input = world.task_input("{'title':'new'}");
       input.task.folder_id = world.todo.value;
       tasks::create(work, input);
     },
     "task created todo:3,5\n"},
    {"TaskUpdate", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       tasks::update(work, {world.todo, world.task}, world.task_input("{'note':'n'}"), tasks::kAnyVersion);
     },
     "task updated hers:4 todo:3,5\n"},
    {"TaskIsTakenFromAParticipant", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       tasks::update(work, {world.todo, world.task}, world.task_input("{'participants':[]}"),
                     tasks::kAnyVersion);
     },
     "task updated hers:4 todo:3,5\n"},
    {"TaskDelete", kAnna, no_preparation,
     [](World& world, UnitOfWork& work) {
       tasks::remove(work, std::array{tasks::TaskRef{world.todo, world.task}}, tasks::kAnyVersion);
     },
     "task deleted hers:4 todo:3,5\n"},
    {"UserCreate", kAdmin, no_preparation,
     [](World&, UnitOfWork& work) {
       model::users::NewUser user;
       user.login = "dora";
       user.contact.display_name = "Dora";
       user.mail = "dora@example.test";
       model::users::create_user(work, user);
     },
     nullptr},
    {"UserDelete", kAdmin, no_preparation,
     [](World&, UnitOfWork& work) { model::users::delete_user(work, kCarl); }, nullptr},
};

class ServiceEvents : public ::testing::TestWithParam<Row> {};

TEST_P(ServiceEvents, AreWhatTheTableSays) {
  World world;
  GetParam().prepare(world);
  world.forget();
  GetParam().write(world, GetParam().user == kAdmin ? world.admin() : world.anna());
  if (GetParam().told != nullptr)
    EXPECT_EQ(world.told(), GetParam().told);
  else
    EXPECT_FALSE(world.database.events.events.empty());
  Millis last{};
  for (const model::Event& event : world.database.events.events) {
    EXPECT_GE(event.stamp, last) << "not in the order of their commits";
    last = event.stamp;
    EXPECT_EQ(event.actor, GetParam().user);
    EXPECT_EQ(event.context, kContext);
  }
}

TEST_P(ServiceEvents, AreNotRaisedByAWriteThatIsRolledBack) {
  World world;
  GetParam().prepare(world);
  world.forget();
  const auto plan = std::make_shared<sql::fault::Plan>();
  sql::Pool pool = world.faulty_pool(plan);
  model::Environment environment = world.environment_on(pool);
  UnitOfWork work(environment, (GetParam().user == kAdmin ? world.admin() : world.anna()).caller());
  plan->add({.point = sql::fault::Point::CommitBefore, .times = 100, .kind = sql::ErrorKind::Other});
  EXPECT_ANY_THROW(GetParam().write(world, work));
  EXPECT_TRUE(world.database.events.events.empty()) << world.told();
}

INSTANTIATE_TEST_SUITE_P(All, ServiceEvents, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

class UserEvents : public World {};

TEST_F(UserEvents, WhoLeavesIsMissedWhereHeHadSomething) {
  database.events.events.clear();
  model::users::delete_user(as(kAdmin), kCarl);
  const std::string text = told();
  // He saw the folder: those who still do hear that its entries changed.
  EXPECT_NE(text.find("folder updated files:3,4 shared:3,4,5\n"), std::string::npos) << text;
  EXPECT_NE(text.find("user deleted all:0\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace gw::test
