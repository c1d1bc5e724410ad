// Any JSON as what clients of module `mail` send: mails, addresses, and each of its texts as the name of a
// folder, of a mail, as columns, as a sort order, and as HTML with images. Each is taken within its limits or
// refused with a promised code.
#include <cstdint>
#include <string>
#include <vector>

#include "ajax/mail/inline_images.hpp"
#include "ajax/mail/mail_columns.hpp"
#include "ajax/mail/mail_input.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/html/cleaner.hpp"
#include "mail/mime/addresses.hpp"

namespace {

using namespace gw;
using fuzz::is_taken;
using fuzz::require;

constexpr std::size_t kMaxTexts = 8;

void collect_texts(const Json& value, std::vector<std::string>& texts) {
  if (texts.size() >= kMaxTexts) return;
  if (value.is_string()) texts.emplace_back(value.as_string());
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i) collect_texts(value.at(i), texts);
  if (value.is_object())
    value.for_each_member([&](std::string_view, const Json& member) { collect_texts(member, texts); });
}

void check_mails(const Json& body) {
  is_taken({"SVL-0028", "SVL-0031", "MSG-0032", "MSG-0086", "MSG-1002"}, [&] {
    const auto mails = ajax::parse_mail_list(body);
    require(mails.size() == body.size() && mails.size() <= ajax::kMaxMails);
    std::size_t grouped = 0;
    for (const auto& group : ajax::group_by_folder(mails)) grouped += group.uids.size();
    require(grouped == mails.size());
    for (const auto& mail : mails) {
      require(mail.uid > 0);
      const auto path = mailbox::parse_mail_path(mailbox::format_mail_path(mail.folder, mail.uid));
      require(path.uid == mail.uid && path.folder == mail.folder);
    }
  });
}

void check_addresses(const Json& value) {
  is_taken({"MSG-0076", "MSG-1008"}, [&] {
    const mail::AddressList list = ajax::parse_address_value(value);
    require(list.size() <= 2 * mail::mime::kMaxAddresses);
    for (const mail::Address& each : list) require(is_valid_utf8(each.address));
    require(ajax::write_addresses(list).size() == list.size());
  });
}

void check_names(const std::string& text) {
  is_taken({"MSG-1002"}, [&] {
    const auto path = mailbox::parse_folder_path(text);
    require(path.account >= 0);
    require(mailbox::parse_folder_path(mailbox::format_folder_path(path)) == path);
  });
  is_taken({"MSG-0009", "MSG-1002"}, [&] {
    const auto path = mailbox::parse_mail_path(text);
    require(path.uid > 0);
  });
  is_taken({"SVL-0010"}, [&] {
    const auto cells = ajax::parse_mail_cells(text, text);
    require(ajax::needs_of(cells).header_names.size() <= 4 * cells.size());
  });
  is_taken({"MSG-0031", "MSG-1011"}, [&] { ajax::parse_mail_sort(text); });
}

mail::mime::Attachment any_image() {
  mail::mime::Attachment image;
  image.type = "image/png";
  return image;
}

/// Only addresses change, and every image that is found is shown by its new one.
void check_images(const std::string& text) {
  mail::html::CleanOptions options;
  options.is_embedded = false;
  const auto clean = mail::html::clean_html(text, options);
  if (clean.is_refused) return;
  const auto kept = ajax::take_inline_images(clean.html, [](std::string_view) { return std::nullopt; });
  require(!kept.images.empty() || kept.html == clean.html);
  const auto taken =
      ajax::take_inline_images(clean.html, [](std::string_view) { return std::optional(any_image()); });
  require(taken.images.size() <= ajax::kMaxInlineImages);
  for (const auto& image : taken.images)
    require(taken.html.find("src=\"cid:" + image.content_id + '"') != std::string::npos);
  ajax::query_of_own_address(text, "image/mail/picture");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = Json::parse({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  check_mails(*value);
  check_addresses(*value);
  std::vector<std::string> texts;
  collect_texts(*value, texts);
  for (const std::string& text : texts) {
    check_names(text);
    check_images(text);
  }
  return 0;
}
