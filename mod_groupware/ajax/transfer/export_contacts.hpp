// Contacts streamed out as CSV or vCard: ids are settled first, then contacts are loaded and written in
// chunks.
#pragma once

#include <functional>
#include <vector>

#include "ajax/response.hpp"
#include "formats/csv/rows.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax {

/// What is left to do when the answer's head is out.
struct ContactExport {
  std::vector<model::contacts::ContactRef> refs;
  bool with_lists = true;
};

/// Both load 200 contacts at a time in units of work of their own and hold no connection while `write` runs.
/// Contacts that were deleted in the meantime are left out. `environment` outlives the answer.
void stream_csv(model::Environment& environment, const model::Caller& caller, const ContactExport& what,
                const std::vector<int>& columns, const formats::csv::WriteOptions& options,
                const BodyWriter& write);
void stream_vcards(model::Environment& environment, const model::Caller& caller, const ContactExport& what,
                   const BodyWriter& write);

/// The card of one contact, with its picture. Gives the connection back.
std::string write_vcard(model::UnitOfWork& work, const model::contacts::Contact& contact);

}  // namespace gw::ajax
