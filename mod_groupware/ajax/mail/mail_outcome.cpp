#include "ajax/mail/mail_outcome.hpp"

namespace gw::ajax {

Response answer_outcome(const mailbox::Outcome& outcome) {
  Response response = Response::with_data(
      outcome.stored ? Json::string(mailbox::format_mail_path(outcome.stored->folder, outcome.stored->uid))
                     : Json::null());
  for (const auto& [code, arguments] : outcome.warnings) response.warnings.push_back({code, arguments});
  return response;
}

}  // namespace gw::ajax
