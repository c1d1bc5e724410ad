#include "folder_world.hpp"

namespace gw::test {
namespace {

using model::ObjectModule;
using Ids = std::vector<std::string>;
namespace folders = model::folders;

class FolderTree : public FolderWorld {
 protected:
  FolderId share_with_bert(const std::string& title) {
    return create(kAnna, "1", title, Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 257)});
  }
};

TEST_F(FolderTree, HasFourRootsInTreeZeroAndOneInTreeOne) {
  EXPECT_EQ(children(kAnna, "0", 0), (Ids{"1", "2", "3", "9"}));
  EXPECT_EQ(children(kAnna, "0", 1), Ids{"1"});
  EXPECT_EQ(children(kAnna, "1", 1).size(), 6U);
  for (const char* id : {"2", "3", "9"}) {
    EXPECT_TRUE(contains(children(kAnna, "1", 1), id));
    EXPECT_EQ(get(kAnna, id, 1).parent, "1");
    EXPECT_EQ(get(kAnna, id, 0).parent, "0");
  }
}

TEST_F(FolderTree, SortsDefaultFoldersFirstInTreeZeroAndByNameAloneInTreeOne) {
  const FolderId early = create(kAnna, "1", "Aal");
  const auto& own = defaults[kAnna];
  EXPECT_EQ(children(kAnna, "1", 0),
            (Ids{text(own.calendar), text(own.contacts), text(own.tasks), text(early)}));
  EXPECT_EQ(children(kAnna, "1", 1).front(), text(early));
}

TEST_F(FolderTree, SortsByTheAlphabetOfTheLocale) {
  const FolderId z = create(kAnna, "2", "Zebra");
  const FolderId ae = create(kAnna, "2", "Ärger");
  const FolderId b = create(kAnna, "2", "berg");
  EXPECT_EQ(children(kAnna, "2"), (Ids{"6", text(ae), text(b), text(z)}));
}

TEST_F(FolderTree, ShowsSharedFoldersBelowTheirOwner) {
  const FolderId shared = share_with_bert("Friends");
  EXPECT_EQ(children(kBert, "3"), Ids{"u:3"});
  EXPECT_EQ(children(kBert, "u:3"), Ids{text(shared)});
  EXPECT_EQ(*get(kBert, "u:3").title, "Anna Adler");
  EXPECT_EQ(get(kBert, text(shared)).parent, "u:3");
  EXPECT_EQ(get(kBert, text(shared)).type, 3);
  EXPECT_EQ(get(kAnna, text(shared)).type, 1);
  EXPECT_EQ(get(kAnna, text(shared)).parent, "1");
  EXPECT_TRUE(children(kCarl, "3").empty());
  EXPECT_EQ(code_of([&] { get(kCarl, "u:3"); }), "FLD-0008");
}

TEST_F(FolderTree, ListsVisibleFoldersByOwnership) {
  const FolderId shared = share_with_bert("Friends");
  const FolderId open = create(kBert, "2", "Open");
  auto work = work_for(kBert);
  const auto groups = folders::Tree(*work, {}).visible(ObjectModule::Contact);
  ASSERT_EQ(groups.own.size(), 1U);
  EXPECT_EQ(groups.own[0].stored, defaults[kBert].contacts);
  ASSERT_EQ(groups.shared_by_all.size(), 2U);
  EXPECT_EQ(*groups.shared_by_all[0].id, "6");
  EXPECT_EQ(groups.shared_by_all[1].stored, open);
  ASSERT_EQ(groups.shared.size(), 1U);
  EXPECT_EQ(groups.shared[0].stored, shared);
}

TEST_F(FolderTree, CollectsFoldersWithInvisibleParentsInVirtualLists) {
  const FolderId hidden = create(kAnna, "2", "Hidden");
  EXPECT_FALSE(contains(children(kBert, "2"), "13"));
  const FolderId inside = create_below(kAnna, hidden, "Inside",
                                       Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 257)});
  EXPECT_TRUE(contains(children(kBert, "2"), "13"));
  EXPECT_EQ(children(kBert, "13"), Ids{text(inside)});
  EXPECT_EQ(get(kBert, text(inside)).parent, "13");
  EXPECT_EQ(*get(kBert, "13").title, "Public contacts");
  EXPECT_EQ(get(kAnna, text(inside)).parent, text(hidden));
}

TEST_F(FolderTree, GivesThePathUpToTheTopWithoutTheRoot) {
  const FolderId shared = share_with_bert("Friends");
  auto work = work_for(kBert);
  Ids ids;
  for (const auto& node : folders::Tree(*work, {}).path(text(shared))) ids.push_back(*node.id);
  EXPECT_EQ(ids, (Ids{text(shared), "u:3", "3"}));
  folders::TreeView outlook;
  outlook.tree = 1;
  ids.clear();
  for (const auto& node : folders::Tree(*work, outlook).path(text(shared))) ids.push_back(*node.id);
  EXPECT_EQ(ids, (Ids{text(shared), "u:3", "3", "1"}));
}

TEST_F(FolderTree, FiltersListingsByModuleAndTellsSoInSubfolders) {
  folders::TreeView view;
  view.allowed = {ObjectModule::Calendar};
  auto work = work_for(kAnna);
  folders::Tree tree(*work, view);
  const auto nodes = tree.list("1");
  ASSERT_EQ(nodes.size(), 1U);
  EXPECT_EQ(nodes[0].stored, defaults[kAnna].calendar);
  view.allowed = {ObjectModule::Mail};
  EXPECT_FALSE(folders::Tree(*work, view).get("1").has_subfolders);
}

TEST_F(FolderTree, LeavesUnsubscribedFoldersOutUnlessAllAreWanted) {
  const FolderId quiet = create(kAnna, "1", "Quiet");
  change(kAnna, quiet, {.subscribed = false});
  EXPECT_FALSE(contains(children(kAnna, "1"), text(quiet)));
  auto work = work_for(kAnna);
  EXPECT_EQ(folders::Tree(*work, {}).list("1", {.unsubscribed_too = true}).size(), 4U);
}

TEST_F(FolderTree, NamesSystemFoldersInTheReadersLanguage) {
  auto work = work_for(kAnna);
  const auto title = [&](const std::string& locale, const std::string& id, bool new_names) {
    folders::TreeView view;
    view.locale = locale;
    view.new_names = new_names;
    return *folders::Tree(*work, view).get(id).title;
  };
  EXPECT_EQ(title("en_US", "6", false), "Global address book");
  EXPECT_EQ(title("de_DE", "2", false), "Öffentliche Ordner");
  EXPECT_EQ(title("fr_FR", "3", false), "Dossiers partagés");
  EXPECT_EQ(title("ja_JP", "2", false), "Public folders");
  EXPECT_EQ(title("en_US", "9", false), "Infostore");
  EXPECT_EQ(title("en_US", "9", true), "Drive");
}

TEST_F(FolderTree, AnswersEveryKindOfBadIdWithItsOwnError) {
  EXPECT_EQ(code_of([&] { get(kAnna, "default0/INBOX"); }), "FLD-1004");
  // Calendars: a row, the row of an account, and what other sources know.
  EXPECT_EQ(code_of([&] { get(kAnna, "cal://0/99999"); }), "FLD-0008");
  EXPECT_EQ(code_of([&] { get(kAnna, "cal://57/0"); }), "FLD-0008");
  EXPECT_EQ(code_of([&] { get(kAnna, "cal://1/0"); }), "FLD-1004");
  EXPECT_EQ(code_of([&] { get(kAnna, "cal://57/31"); }), "FLD-1004");
  EXPECT_EQ(code_of([&] { get(kAnna, "nonsense"); }), "FLD-1025");
  EXPECT_EQ(code_of([&] { get(kAnna, ""); }), "FLD-1025");
  EXPECT_EQ(code_of([&] { get(kAnna, "-5"); }), "FLD-1025");
  EXPECT_EQ(code_of([&] { get(kAnna, "99999"); }), "FLD-0008");
  EXPECT_EQ(code_of([&] { get(kAnna, "4"); }), "FLD-0003");
  EXPECT_EQ(code_of([&] { get(kAnna, text(defaults[kBert].tasks)); }), "FLD-0003");
}

TEST_F(FolderTree, ListsSharesAndCountsOnlyWhenAsked) {
  const FolderId shared = share_with_bert("Friends");
  create(kAnna, "1", "Private");
  contacts.objects[shared] = 5;
  auto work = work_for(kAnna);
  folders::Tree tree(*work, {});
  auto own = tree.shares(ObjectModule::Contact, false);
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].stored, shared);
  EXPECT_FALSE(own[0].total.has_value());
  tree.complete(own, {.total = true, .extended_permissions = true});
  EXPECT_EQ(own[0].total, 5);
  EXPECT_EQ(own[0].extended_permissions.at(1).get("display_name").as_string(), "Bert Braun");
}

TEST_F(FolderTree, RefusesTwoChildrenOfOneNameWhenAskedTo) {
  share_with_bert("Twins");
  const FolderId hidden = create(kAnna, "1", "Hidden");
  create(kAnna, text(hidden), "twins", Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 257)},
         ObjectModule::Task);
  auto work = work_for(kBert);
  folders::Tree tree(*work, {});
  EXPECT_EQ(tree.list("u:3").size(), 2U);
  EXPECT_EQ(code_of([&] { tree.list("u:3", {.unique_names = true}); }), "FLD-1034");
}

class MailSource final : public folders::Source {
 public:
  Children children(model::UnitOfWork&, const folders::TreeView&, std::string_view parent) const override {
    Children found;
    if (parent == "1") found.appended.push_back(root());
    return found;
  }
  std::optional<folders::Node> find(model::UnitOfWork&, const folders::TreeView&,
                                    std::string_view id) const override {
    return id == "default0" ? std::optional(root()) : std::nullopt;
  }

 private:
  static folders::Node root() {
    folders::Node node;
    node.id = "default0";
    node.parent = "1";
    node.title = "A mailbox";
    node.module = ObjectModule::Mail;
    return node;
  }
};

TEST_F(FolderTree, JoinsOtherSourcesAtTheirPlaces) {
  const MailSource mail;
  const folders::SourceList sources{&mail};
  auto work = work_for(kAnna);
  folders::Tree tree(*work, {}, sources);
  EXPECT_EQ(*tree.list("1").back().id, "default0");
  EXPECT_EQ(*tree.get("default0").title, "A mailbox");
  EXPECT_EQ(code_of([&] { tree.get("default1"); }), "FLD-1004");
}

}  // namespace
}  // namespace gw::test
