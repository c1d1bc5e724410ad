// Writes restored rows into the database of the server, inside of its transaction.
#pragma once

#include <map>
#include <string>

#include "archive/contents.hpp"
#include "archive/scratch.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::archive {

/// Threads: one. Lives inside of one run of a transaction.
class RowTarget {
 public:
  RowTarget(sql::Connection& connection, Scratch& scratch) : connection_(connection), scratch_(scratch) {}

  /// Row by row what the scratch database has of one table.
  void for_each(const Content& content,
                const std::function<void(const sql::TableLayout& table, const Row& row)>& visit);
  /// Files are named as they lie now. `is_new`: there can be none of the same key; else one that is there
  /// stays.
  void insert(const Content& content, const sql::TableLayout& table, Row row, bool is_new);

  [[nodiscard]] std::int64_t rows() const { return rows_; }
  /// What inserted rows name. Units: bytes by owner.
  [[nodiscard]] const std::map<model::files::FileOwner, std::int64_t>& file_bytes() const { return bytes_; }

 private:
  void rename_file(const Content& content, const sql::TableLayout& table, Row& row);
  const std::string& statement(const sql::TableLayout& table, bool is_new);

  sql::Connection& connection_;
  Scratch& scratch_;
  std::map<std::pair<std::string, bool>, std::string> statements_;
  std::map<model::files::FileOwner, std::int64_t> bytes_;
  std::int64_t rows_ = 0;
};

}  // namespace gw::archive
