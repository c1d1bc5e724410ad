// What clients send to the contacts module: ids, orders and limits, uploads; and the rows they get back.
#pragma once

#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "ajax/row_text.hpp"
#include "model/contacts/contact_list.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax {

/// Most elements of a list, listuser or delete request. Errors beyond it: SVL-0031.
inline constexpr std::size_t kMaxContactIds = 100'000;

/// Errors: CON-0103 when it is no number.
FolderId parse_contact_folder(std::string_view text);
/// Errors: CON-0261 when it is no number.
ObjectId parse_contact_id(std::string_view text);
/// Parameters `folder` and `id`.
model::contacts::ContactRef asked_contact(const Invocation& invocation);
/// `{id,folder}` (or `folder_id`) or an array of them. Errors: SVL-0028, SVL-0031, CON-0103, CON-0261.
std::vector<model::contacts::ContactRef> parse_contact_refs(const Json& body);
/// A number, a text, or an array of them. Missing and null give none. Errors: CON-0103.
std::vector<FolderId> parse_contact_folders(const Json& value);

/// The parameters `sort`, `order` and `collation`, which must be declared. Errors: SVL-0010.
model::contacts::Sort parse_contact_sort(const Arguments& arguments);
/// The body of a search; also that of module `user`. Errors: SVL-0028, SVL-0010, CON-0103.
model::contacts::SearchQuery parse_contact_search(const Json& body);

/// The parameters every list may declare; those an action does not declare are not looked at.
struct ListParameters {
  bool sort = true;    ///< sort, order, collation
  bool limits = true;  ///< left_hand_limit, right_hand_limit
  bool admin = false;
};

/// Collects the rows of a list while contacts arrive, and puts them into the order of the result.
class ContactRows {
 public:
  /// Errors: SVL-0010 for columns, sort, order or limits that cannot be read.
  ContactRows(const Invocation& invocation, const ListParameters& parameters);

  [[nodiscard]] const model::contacts::ListRequest& request() const { return request_; }
  [[nodiscard]] model::contacts::Visitor visitor();
  [[nodiscard]] Response answer(const model::contacts::ListResult& result) const;
  /// The changed rows, then the ids of those that are gone.
  [[nodiscard]] Response answer(const model::contacts::Updates& updates) const;

 private:
  RowText<model::contacts::Contact> rows_;
  model::contacts::ListRequest request_;
};

/// The contact of the body, with the uploaded file as its picture.
/// Errors: those of parse_contact; SVL-0003 no file in a multipart request; CON-0172 file too large.
model::contacts::ContactInput read_contact(const Invocation& invocation, bool creating);

}  // namespace gw::ajax
