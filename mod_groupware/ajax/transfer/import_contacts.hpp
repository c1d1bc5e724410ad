// Records of a file into a contact folder: chunks of one transaction each, one answer element per record in
// file order.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ajax/action.hpp"
#include "formats/problem.hpp"
#include "formats/vcard/vcard.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax {

/// One record as a reader gave it. With `error` it is only answered.
struct ImportRecord {
  model::contacts::Contact contact;
  std::optional<formats::vcard::Image> image;
  std::vector<formats::Problem> warnings;
  std::optional<formats::Problem> error;
  /// Members of a group card that are named by UID; resolved among the contacts of the same file.
  std::vector<std::string> member_uids;
};

/// Threads: one. Memory: one chunk of records and one answer element per record.
class ContactImport {
 public:
  /// Errors: ApiError I_E-0500 no right to create, I_E-1100 no contact folder. Cost: folder access, and one
  /// select of the folder's UIDs when cards are imported (`keeps_uids`).
  ContactImport(Invocation& invocation, FolderId folder, bool keeps_uids);

  /// Takes the next record; stores when a chunk is full.
  void add(ImportRecord record);
  /// Stores the rest and gives the elements in file order. Errors: ApiError I_E-1317 when the operator's
  /// limit was passed.
  Json finish();

 private:
  struct Waiting {
    std::size_t position = 0;
    model::contacts::ContactInput input;
    std::vector<formats::Problem> warnings;
    std::string uid;  ///< as the file has it
  };
  void load_uids();
  void claim_uid(model::contacts::Contact& contact);
  void check_addresses(ImportRecord& record) const;
  void take_image(ImportRecord& record) const;
  void resolve_members(ImportRecord& record);
  void enqueue(std::size_t position, ImportRecord record);
  void flush();
  void remember(const Waiting& stored, ObjectId id);
  Json stored_element(const Waiting& waiting, const model::contacts::CreateOutcome& outcome) const;
  Json refused_element(const ApiError& error) const;
  Json problem_element(const formats::Problem& problem) const;

  Invocation& invocation_;
  FolderId folder_;
  bool keeps_uids_;
  std::vector<Json> elements_;
  std::vector<Waiting> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::int64_t beyond_limit_ = 0;
  std::unordered_set<std::string> taken_uids_;
  std::unordered_map<std::string, model::contacts::ListMember> members_by_uid_;
  /// Group cards wait for the end: their members may follow them in the file.
  std::vector<std::pair<std::size_t, ImportRecord>> groups_;
};

}  // namespace gw::ajax
