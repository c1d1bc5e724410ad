#include "ajax/folders/folders.hpp"

#include "ajax/folders/folders_actions.hpp"

namespace gw::ajax {
namespace {

// Every action takes what chooses the tree; parse_tree_view reads these four.
#define GW_TREE_PARAMETERS \
  {"tree"}, {"language"}, {"altNames", Type::Boolean}, { "allowed_modules", Type::List }

constexpr Parameter kColumns[] = {GW_TREE_PARAMETERS, {"columns", Type::List, true}};
constexpr Parameter kList[] = {GW_TREE_PARAMETERS,
                               {"columns", Type::List, true},
                               {"parent", Type::Id, true},
                               {"all", Type::Boolean},
                               {"errorOnDuplicateName", Type::Boolean}};
constexpr Parameter kPath[] = {GW_TREE_PARAMETERS, {"columns", Type::List, true}, {"id", Type::Id, true}};
constexpr Parameter kGetOne[] = {GW_TREE_PARAMETERS, {"id", Type::Id, true}};
constexpr Parameter kUpdates[] = {
    GW_TREE_PARAMETERS,   {"columns", Type::List, true}, {"timestamp", Type::Timestamp, true},
    {"parent", Type::Id}, {"ignore", Type::List},        {"mail", Type::Boolean}};
constexpr Parameter kByModule[] = {GW_TREE_PARAMETERS,
                                   {"columns", Type::List, true},
                                   {"content_type", Type::Text, true},
                                   {"all", Type::Boolean}};
constexpr Parameter kNew[] = {GW_TREE_PARAMETERS, {"folder_id", Type::Id, true}, {"pushToken"}};
constexpr Parameter kUpdate[] = {GW_TREE_PARAMETERS,
                                 {"id", Type::Id, true},
                                 {"timestamp", Type::Timestamp},
                                 {"cascadePermissions", Type::Boolean},
                                 {"allow_enqueue", Type::Boolean},
                                 {"pushToken"}};
constexpr Parameter kDelete[] = {GW_TREE_PARAMETERS,
                                 {"timestamp", Type::Timestamp},
                                 {"hardDelete", Type::Boolean},
                                 {"failOnError", Type::Boolean},
                                 {"extendedResponse", Type::Boolean},
                                 {"pushToken"}};
constexpr Parameter kTree[] = {GW_TREE_PARAMETERS, {"pushToken"}};
constexpr Parameter kLimits[] = {{"id", Type::Id, true}, {"type", Type::Text, true}};

constexpr Action kActions[] = {
    {"allVisible", kGet, folder_actions::all_visible, 0, kByModule},
    {"checklimits", kPut, folder_actions::check_limits, kBody, kLimits},
    {"clear", kPut, folder_actions::clear, kBody | kSerial, kTree},
    {"delete", kPut, folder_actions::remove, kBody | kSerial, kDelete},
    {"get", kGet, folder_actions::get, 0, kGetOne},
    {"list", kGet, folder_actions::list, 0, kList},
    {"new", kPut, folder_actions::create, kBody | kSerial, kNew},
    {"notify", kPut, folder_actions::notify, kBody, kGetOne},
    {"path", kGet, folder_actions::path, 0, kPath},
    {"restore", kPut, folder_actions::restore, kBody | kSerial, kTree},
    {"root", kGet, folder_actions::root, 0, kColumns},
    {"shares", kGet, folder_actions::shares, 0, kByModule},
    {"update", kPut, folder_actions::update, kBody | kSerial, kUpdate},
    {"updates", kGet, folder_actions::updates, 0, kUpdates},
};

#undef GW_TREE_PARAMETERS

}  // namespace

const ApiModule kFoldersModule{"folders", kActions};
const ApiModule kFolderModule{"folder", kActions};

}  // namespace gw::ajax
