// The tables of facets, and what the module find refuses.
#include <gtest/gtest.h>

#include <set>

#include "ajax/find/facets.hpp"
#include "ajax/find/find_request.hpp"
#include "core/text.hpp"
#include "model/settings/availability.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

using ajax::FacetKind;
using ajax::FacetRow;
using ajax::SearchModule;

TEST(FindFacets, ModulesAreFoundByTheirNames) {
  std::vector<std::string> names;
  for (const SearchModule* module : ajax::search_modules()) {
    names.emplace_back(module->name);
    EXPECT_EQ(ajax::find_search_module(module->name), module);
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(ajax::find_search_module("Files"), &ajax::kDriveSearch);
  EXPECT_EQ(ajax::find_search_module("infostore"), &ajax::kDriveSearch);
  EXPECT_EQ(ajax::find_search_module("folders"), nullptr);
  // What clients are told they may search is what can be searched.
  model::Caller caller;
  caller.modules = model::kDefaultModules;
  Settings settings;
  settings.mail.store.host = "mail.example.test";
  settings.file_store = "file:/files";
  EXPECT_EQ(model::settings::searchable_modules(caller, settings), names);
}

TEST(FindFacets, EachTableIsComplete) {
  for (const SearchModule* module : ajax::search_modules()) {
    std::set<std::string_view> ids;
    for (const FacetRow& row : module->facets) {
      const std::string what = std::string(module->name) + " " + std::string(row.id);
      EXPECT_TRUE(ids.insert(row.id).second) << what;
      EXPECT_EQ(ajax::find_facet(*module, row.id), &row) << what;
      EXPECT_FALSE(row.field.empty()) << what;
      const bool is_shown = row.kind != FacetKind::Folder && row.kind != FacetKind::Account;
      EXPECT_EQ(row.name.empty(), !is_shown || row.id == "global") << what;
      EXPECT_EQ(row.kind == FacetKind::Choice && row.choices.empty(), false) << what;
      for (const ajax::FacetChoice& choice : row.choices)
        EXPECT_EQ(ajax::find_choice(row, choice.id), &choice) << what;
    }
    EXPECT_TRUE(ids.contains("global") && ids.contains("folder")) << module->name;
  }
}

TEST(FindFacets, TimeFramesIncludeTheirEndsOrNot) {
  const auto shown = [](std::string_view text) {
    const ajax::TimeFrame frame = ajax::parse_time_frame(text);
    const auto end = [](const std::optional<Millis>& at) { return at ? std::to_string(at->value) : "-"; };
    return end(frame.since) + " " + end(frame.before);
  };
  EXPECT_EQ(shown("[10 TO 20]"), "10 21");
  EXPECT_EQ(shown("{10 TO 20}"), "11 20");
  EXPECT_EQ(shown("[* TO 20]"), "- 21");
  EXPECT_EQ(shown("[-5 TO *]"), "-5 -");
  for (const char* wrong : {"", "10", "[10]", "[10 TO", "[ TO ]", "[a TO b]", "[1 TO 2}", "{}", "[1to2]"})
    EXPECT_THROW(shown(wrong), ApiError) << wrong;
  const ajax::TimeFrame week = ajax::frame_of_choice("last_week", Millis{1'000'000'000});
  EXPECT_EQ(week.before->value - week.since->value, 7 * 86'400'000 + 1);
}

class FindApi : public ::testing::Test {
 protected:
  FindApi() : client(api.user("user1")) {}
  Json put(const std::string& url, std::string body) {
    for (char& c : body)
      if (c == '\'') c = '"';
    return client.put("find?action=" + url, body);
  }
  std::string query_code(const std::string& facets, const std::string& more = "") {
    return code_of(put("query&module=tasks", "{'facets':[" + facets + "]" + more + "}"));
  }

  TestApi api;
  ApiClient client;
};

TEST_F(FindApi, WhatCannotBeUnderstoodIsRefused) {
  const std::string fine = "{'facet':'global','value':'x','filter':{'fields':['global'],'queries':['x']}}";
  EXPECT_EQ(query_code(fine), "");
  EXPECT_EQ(query_code(""), "FIND-0005");
  EXPECT_EQ(query_code("{'facet':'folder','value':'1'}"), "FIND-0005");
  EXPECT_EQ(query_code("{'facet':'colour','value':'x'}"), "FIND-0008");
  EXPECT_EQ(query_code("{'facet':'subject','value':'x'}"), "FIND-0008");
  EXPECT_EQ(query_code("{'facet':'global','value':'x','filter':{'fields':['nose'],'queries':['x']}}"),
            "FIND-0003");
  EXPECT_EQ(query_code("{'facet':'global','value':'x','filter':{'fields':['status'],'queries':['x']}}"),
            "FIND-0003");
  EXPECT_EQ(query_code("{'facet':'global','value':'x','filter':{'fields':[],'queries':['x']}}"), "FIND-0006");
  EXPECT_EQ(query_code("{'facet':'global','value':'x','filter':{'fields':['global'],'queries':[' ']}}"),
            "FIND-0007");
  EXPECT_EQ(query_code("{'facet':'task_status','value':'9'}"), "FIND-0004");
  EXPECT_EQ(query_code("{'facet':'folder_type','value':'strange'}"), "FIND-0015");
  EXPECT_EQ(query_code(fine + ",{'facet':'folder','value':'1'},{'facet':'folder_type','value':'public'}"),
            "FIND-0016");
  EXPECT_EQ(query_code("{'facet':'task_type','value':'series'},{'facet':'task_type','value':'series'}"),
            "FIND-0016");
  EXPECT_EQ(query_code(fine + ",{'facet':'folder','value':'x'}"), "FIND-0014");
  EXPECT_EQ(query_code("1"), "SVL-0031");
  for (const char* wrong : {",'start':-1", ",'size':-1", ",'size':1001", ",'size':'x'",
                            ",'options':{'timezone':'Nowhere/At_All'}"})
    EXPECT_EQ(query_code(fine, wrong), "SVL-0010") << wrong;
  EXPECT_EQ(query_code(fine, ",'options':{'timezone':'Europe/Berlin','admin':'true','unknown':1}"), "");
  EXPECT_EQ(code_of(put("query&module=nothing", "{}")), "SVL-0010");
  EXPECT_EQ(code_of(put("query&module=tasks", "[]")), "SVL-0028");
  EXPECT_EQ(code_of(put("query&module=tasks&columns=x", "{'facets':[" + fine + "]}")), "SVL-0010");
  EXPECT_EQ(client.send(ajax::Method::Put, "find?action=query", "{}").status, 400);
  EXPECT_EQ(code_of(put("autocomplete&module=tasks", "{}")), "SVL-0002");
  // Without a mail server nothing can be searched there.
  EXPECT_EQ(code_of(put("query&module=mail", "{'facets':[" + fine + "]}")), "FIND-0017");
}

TEST_F(FindApi, PatternsThatAreTooShortAreRefusedAndNotOffered) {
  api.database.settings.limits.minimum_search_characters = 3;
  EXPECT_EQ(query_code("{'facet':'global','value':'ab*'}"), "FIND-0010");
  EXPECT_EQ(query_code("{'facet':'task_status','value':'1'}"), "");
  const Json facets = put("autocomplete&module=tasks", "{'prefix':'ab'}").get("data").get("facets");
  for (std::size_t i = 0; i < facets.size(); ++i)
    EXPECT_EQ(facets.at(i).get("style").as_string(), "exclusive") << facets.dump();
}

}  // namespace
}  // namespace gw::test
