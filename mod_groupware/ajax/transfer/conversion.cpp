// A source gives bytes, a handler makes something of them. The source is a part of a mail; the handlers store
// vCards as contacts, or show them as contacts. Source: API operation convertData; the identifiers are those
// that the published description of the operation names.
#include "ajax/transfer/conversion.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "ajax/mail/mail_call.hpp"
#include "ajax/transfer/import_contacts.hpp"
#include "core/errors/conversion.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "formats/vcard/vcard.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/structure.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/field_json.hpp"

namespace gw::ajax {
namespace {

namespace conversion = errors::conversion;

constexpr std::size_t kMaxConverted = std::size_t{16} << 20U;  ///< bytes of a part
constexpr std::size_t kMaxShown = 1'000;                       ///< contacts of one answer

constexpr std::string_view kMailArgument = "com.openexchange.mail.conversion.";
constexpr const char* kContactFolder = "com.openexchange.groupware.contact.folder";

/// One end of the conversion: a name, and its arguments.
struct End {
  std::string identifier;
  std::map<std::string, std::string> arguments;

  [[nodiscard]] const std::string& need(const std::string& name) const {
    const auto found = arguments.find(name);
    if (found == arguments.end() || found->second.empty()) throw ApiError(conversion::kMissing, {name});
    return found->second;
  }
};

void add_arguments(End& end, const Json& object) {
  object.for_each_member([&](std::string_view name, const Json& value) {
    if (const auto text = value.to_text()) end.arguments[std::string(name)] = *text;
  });
}

/// Arguments are an array of objects with one member each, as clients send them, or an object, or stand
/// beside the identifier, as the published shape has them.
End read_end(const Json& body, const char* name) {
  const Json source = body.get(name);
  if (!source.is_object()) throw ApiError(conversion::kMissing, {name});
  End end{source.get("identifier").to_text().value_or(""), {}};
  add_arguments(end, source);
  const Json arguments = source.get("args");
  if (arguments.is_object()) add_arguments(end, arguments);
  for (std::size_t i = 0; i < arguments.size() && arguments.is_array(); ++i)
    if (arguments.at(i).is_object()) add_arguments(end, arguments.at(i));
  return end;
}

/// Text of the part in UTF-8. Errors: those of mails; DATA-0002; MSG-0102 above 16 MiB.
std::string read_mail_part(const Invocation& invocation, const End& source) {
  const std::string prefix(kMailArgument);
  const std::string& folder = source.need(prefix + "fullname");
  const std::string& id = source.need(prefix + "mailid");
  const std::string& part_id = source.need(prefix + "sequenceid");
  const auto mailbox = open_mailbox(invocation);
  const MailRef ref{mailbox::parse_folder_path(folder), mailbox::parse_mail_id(id, folder)};
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Structure);
  const mail::Message message = load_mail(*mailbox, ref, fetch);
  const mail::Part* part = message.structure ? mail::mime::find_part(*message.structure, part_id) : nullptr;
  if (part == nullptr || part->is_multipart())
    throw ApiError(errors::msg::kAttachmentNotFound, {part_id, id, folder});
  std::string bytes;
  const bool is_there = mailbox->messages(ref.folder.account)
                            .read_part(ref.folder.fullname, ref.uid, *part, [&](std::string_view piece) {
                              bytes += piece;
                              return bytes.size() <= kMaxConverted;
                            });
  if (bytes.size() > kMaxConverted) throw ApiError(errors::msg::kContentTooBig);
  if (!is_there) throw_gone(ref);
  return mail::mime::to_utf8(bytes, part->charset);
}

using TakeCard = std::function<bool(formats::vcard::ParsedCard&&)>;

void read_cards_of(const Invocation& invocation, const std::string& text, const TakeCard& take) {
  formats::vcard::Limits limits;
  limits.card = static_cast<std::size_t>(invocation.work.settings().limits.vcard);
  if (formats::vcard::parse_cards(text, limits, take) == 0) throw ApiError(errors::ie::kNoVcard);
}

/// `[{folder_id, id}]` of those that were stored. Errors: I_E-0610 when none was.
Json places_of(const Json& elements) {
  Json places = Json::array();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const Json element = elements.at(i);
    if (element.get("id").is_missing()) continue;
    places.append(Json::object().set("folder_id", element.get("folder_id")).set("id", element.get("id")));
  }
  if (places.size() == 0)
    throw ApiError(errors::ie::kVcardConversion, {elements.at(0).get("error_desc").to_text().value_or("")});
  return places;
}

Response store_contacts(Invocation& invocation, const End& source, const End& handler) {
  const std::string& folder = handler.need(kContactFolder);
  const auto number = parse_integer(folder);
  if (!number) throw ApiError(conversion::kBadArgument, {kContactFolder, folder});
  ContactImport import(invocation, FolderId(*number), true);
  read_cards_of(invocation, read_mail_part(invocation, source), [&](formats::vcard::ParsedCard&& card) {
    import.add({std::move(card.contact), std::move(card.image), std::move(card.warnings),
                std::move(card.error), std::move(card.member_uids)});
    return true;
  });
  return Response::with_data(places_of(import.finish()));
}

/// The contacts as `get` would show them, without pictures. Broken cards are left out.
Response show_contacts(Invocation& invocation, const End& source, const End&) {
  Json shown = Json::array();
  read_cards_of(invocation, read_mail_part(invocation, source), [&](formats::vcard::ParsedCard&& card) {
    if (!card.error)
      shown.append(model::write_object(card.contact, model::contacts::contact_fields(), invocation.format));
    return shown.size() < kMaxShown;
  });
  return Response::with_data(std::move(shown));
}

Response refuse_calendar(Invocation&, const End&, const End& handler) {
  throw ApiError(conversion::kNotOffered, {handler.identifier});
}

struct Pair {
  std::string_view source, handler;
  Response (*run)(Invocation& invocation, const End& source, const End& handler);
};

constexpr Pair kPairs[] = {
    {"com.openexchange.mail.vcard", "com.openexchange.contact", store_contacts},
    {"com.openexchange.mail.vcard", "com.openexchange.contact.json", show_contacts},
    {"com.openexchange.mail.ical", "com.openexchange.ical", refuse_calendar},
    {"com.openexchange.mail.ical", "com.openexchange.ical.json", refuse_calendar},
};

/// Without an identifier the source is the only one that fits: a part of a mail.
const Pair& find_pair(const End& source, const End& handler) {
  bool knows_source = source.identifier.empty(), knows_handler = false;
  for (const Pair& pair : kPairs) {
    const bool fits = source.identifier.empty() || pair.source == source.identifier;
    if (fits && pair.handler == handler.identifier) return pair;
    knows_source = knows_source || fits;
    knows_handler = knows_handler || pair.handler == handler.identifier;
  }
  if (!knows_source) throw ApiError(conversion::kUnknownSource, {source.identifier});
  if (!knows_handler) throw ApiError(conversion::kUnknownHandler, {handler.identifier});
  throw ApiError(conversion::kNoMatch, {source.identifier, handler.identifier});
}

Response convert(Invocation& invocation) {
  if (!invocation.body.is_object())
    throw ApiError(errors::svl::kBodyType, {"an object with datasource and datahandler"});
  const End source = read_end(invocation.body, "datasource");
  const End handler = read_end(invocation.body, "datahandler");
  return find_pair(source, handler).run(invocation, source, handler);
}

constexpr Action kConversionActions[] = {
    {"convert", kPut, convert, kBody | kSerial, {}, model::Module::Contacts},
};

}  // namespace

const ApiModule kConversionModule{"conversion", kConversionActions};

}  // namespace gw::ajax
