// The search box in files. What is written in files is not searched.
#include <algorithm>

#include "ajax/find/result_page.hpp"
#include "core/text.hpp"
#include "model/infostore/infostore_search.hpp"
#include "model/infostore/item_fields.hpp"

namespace gw::ajax {
namespace {

namespace infostore = model::infostore;

constexpr std::string_view kDriveNames[] = {"files", "infostore"};
constexpr std::string_view kFileColumns = "1,2,3,5,20,23,700,702,703,704,705,707";

constexpr FacetChoice kFileTypes[] = {{"audio", "Audio"},
                                      {"documents", "Documents"},
                                      {"images", "Images"},
                                      {"other", "Other"},
                                      {"video", "Video"}};
constexpr std::string_view kOtherFiles = "other";

constexpr FacetRow kDriveFacets[] = {
    {"global", FacetKind::Text, "global"},
    {"file_name", FacetKind::Text, "file_name", "in file name"},
    {"file_description", FacetKind::Text, "file_description", "in description"},
    {"file_type", FacetKind::Choice, "file_type", "File type", kFileTypes},
    {"date", FacetKind::Date, "date", "Date"},
    {"folder", FacetKind::Folder, "folder"},
    {"account", FacetKind::Account, "account"},
};

constexpr int kTitle = 700, kFilename = 702, kDescription = 706, kComment = 709, kCategories = 100;

std::vector<int> columns_searched(std::string_view field) {
  if (field == "file_name") return {kFilename, kTitle};
  if (field == "file_description") return {kDescription, kComment};
  return {kFilename, kTitle, kDescription, kComment, kCategories};
}

struct MediaTypeRow {
  std::string_view type;
  std::string_view media_type;  ///< what it begins with
};
constexpr MediaTypeRow kMediaTypes[] = {
    {"audio", "audio/"},
    {"images", "image/"},
    {"video", "video/"},
    {"documents", "text/"},
    {"documents", "application/pdf"},
    {"documents", "application/rtf"},
    {"documents", "application/msword"},
    {"documents", "application/vnd.ms-"},
    {"documents", "application/vnd.openxmlformats-officedocument."},
    {"documents", "application/vnd.oasis.opendocument."},
};

void add_types(infostore::ItemQuery& query, const std::vector<std::string>& types) {
  query.no_media_type = types.size() == 1 && types.front() == kOtherFiles;
  for (const MediaTypeRow& row : kMediaTypes)
    if (query.no_media_type || std::find(types.begin(), types.end(), row.type) != types.end())
      query.media_types.emplace_back(row.media_type);
}

infostore::ItemQuery make_item_query(Invocation& invocation, const FindQuery& asked) {
  infostore::ItemQuery query;
  for (const FindCriterion& criterion : asked.criteria) {
    if (criterion.facet->kind != FacetKind::Text) {
      add_types(query, criterion.queries);
      continue;
    }
    std::vector<int> columns;
    for (const std::string& field : criterion.fields)
      for (const int column : columns_searched(field)) columns.push_back(column);
    for (const std::string& text : criterion.queries) query.words.push_back({columns, text});
  }
  query.changed_since = asked.since;
  query.changed_before = asked.before;
  if (const auto folders = asked_folders(invocation, asked, kDriveSearch, model::ObjectModule::Infostore))
    query.folder = folders->front();
  return query;
}

FindResults search_files(Invocation& invocation, const FindQuery& asked) {
  const auto columns = asked_columns(invocation, kFileColumns);
  const auto query = make_item_query(invocation, asked);
  const auto list = infostore::find(invocation.work, query, {.sort = {kTitle, false}, .right = {}});
  if (list.items.size() > kMostFound)
    throw ApiError(errors::find::kTooManyResults, {std::to_string(kMostFound)});
  FindResults found{.total = list.items.size(), .objects = {}};
  for (std::size_t i = asked.start; i < list.items.size() && found.objects.size() < asked.size; ++i)
    found.objects.push_back(
        write_members(list.items[i], infostore::item_fields(), columns, invocation.format).dump());
  return found;
}

}  // namespace

const SearchModule kDriveSearch{"drive",      kDriveNames, model::Module::Infostore,
                                kDriveFacets, false,       search_files};

}  // namespace gw::ajax
