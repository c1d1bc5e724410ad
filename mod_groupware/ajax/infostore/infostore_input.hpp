// What clients send to the infostore module: ids, orders, item members; and how items and ids go back.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "ajax/row_text.hpp"
#include "model/infostore/infostore_service.hpp"
#include "model/infostore/infostore_write.hpp"

namespace gw::ajax {

/// Most elements of a list, delete, move or restore request. Errors beyond it: SVL-0031.
inline constexpr std::size_t kMaxFileIds = 10'000;

/// Errors: IFO-0302 when it is no number: no folder of ours.
FolderId parse_file_folder(std::string_view text);
/// Parameter `id`, and `folder` when it was sent; both must be declared. Errors: IFO-0300, IFO-0302.
model::infostore::ItemRef asked_item(const Invocation& invocation);
/// An element of a list: `{id, folder}` (or `folder_id`), or the id alone. Errors: SVL-0028, SVL-0002,
/// IFO-0300, IFO-0302.
model::infostore::ItemRef parse_file_ref(const Json& element);
/// An array of them, or one. Errors: as above; SVL-0031.
std::vector<model::infostore::ItemRef> parse_file_refs(const Json& body);
std::string format_file_ref(const model::infostore::ItemRef& ref);

/// Parameter `timestamp`, which must be declared; without it nothing counts as changed meanwhile.
Millis known_timestamp(const Arguments& arguments);

/// The item members of the body. A multipart request without the part `json` has none. Errors: SVL-0023 no
/// body, SVL-0028 no object, and those of parse_item.
model::infostore::ItemInput read_item(const Invocation& invocation, bool creating);
/// What a file itself tells: its name and type, where the client sent none.
void add_file_facts(model::infostore::ItemInput& input, std::string_view file_name,
                    std::string_view content_type);

/// The item as object, with its own stamp.
Response answer_item(const Invocation& invocation, const model::infostore::Item& item);
/// The id of what was written, or the item when `extendedResponse` asks for it. Tells who got a permission
/// when member `notification` of the body asks for it.
Response answer_saved(Invocation& invocation, const model::infostore::Saved& saved);
/// Warnings: those of tell_entities.
std::vector<Warning> tell_of_item(Invocation& invocation, const model::infostore::Item& item,
                                  std::span<const model::infostore::ObjectPermission> entries,
                                  std::string_view message);

}  // namespace gw::ajax
