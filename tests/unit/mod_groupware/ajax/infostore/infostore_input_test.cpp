#include "ajax/infostore/infostore_input.hpp"

#include <gtest/gtest.h>

#include "model/infostore/item_fields.hpp"

namespace gw::ajax {
namespace {

std::string refs(const std::string& body) {
  std::string text;
  for (const auto& ref : parse_file_refs(Json::parse(body).value())) text += format_file_ref(ref) + " ";
  return text;
}

std::string refs_code(const std::string& body) {
  try {
    refs(body);
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

TEST(InfostoreInput, FilesAreNamedInEverySpellingOfClients) {
  EXPECT_EQ(refs(R"([{"id":"10/20","folder":"10"},{"id":21,"folder_id":10},"10/22"])"), "10/20 10/21 10/22 ");
  EXPECT_EQ(refs(R"({"id":"10/20"})"), "10/20 ");
  EXPECT_EQ(refs("[]"), "");
}

TEST(InfostoreInput, WhatNamesNoFileIsRefused) {
  EXPECT_EQ(refs_code("7"), "SVL-0028");
  EXPECT_EQ(refs_code("[null]"), "SVL-0028");
  EXPECT_EQ(refs_code(R"([{"folder":"10"}])"), "SVL-0002");
  EXPECT_EQ(refs_code(R"([{"id":"x","folder":"10"}])"), "IFO-0300");
  EXPECT_EQ(refs_code(R"([{"id":"1","folder":"default0/INBOX"}])"), "IFO-0302");
  std::string many = "[1";
  for (std::size_t i = 0; i < kMaxFileIds; ++i) many += ",1";
  EXPECT_EQ(refs_code(many + "]"), "SVL-0031");
}

TEST(InfostoreInput, AFileTellsItsNameAndTypeWhereTheClientSaysNothing) {
  auto input = model::infostore::parse_item(Json::object(), true);
  add_file_facts(input, "plan.pdf", "application/octet-stream");
  EXPECT_EQ(input.item.filename, "plan.pdf");
  EXPECT_EQ(input.item.file_mimetype, "application/pdf");
  input = model::infostore::parse_item(
      Json::parse(R"({"filename":"own.txt","file_mimetype":"text/x-own"})").value(), true);
  add_file_facts(input, "plan.pdf", "application/pdf");
  EXPECT_EQ(input.item.filename, "own.txt");
  EXPECT_EQ(input.item.file_mimetype, "text/x-own");
}

}  // namespace
}  // namespace gw::ajax
