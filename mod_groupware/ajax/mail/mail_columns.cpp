#include "ajax/mail/mail_columns.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/words.hpp"
#include "mailbox/folder_path.hpp"

namespace gw::ajax {
namespace {

using mail::Fetch;
using View = const MailView&;

constexpr std::size_t kMaxCells = 1'000;
constexpr std::string_view kInventedDomain = "@unspecified-domain";
constexpr std::string_view kPhoneSuffix = "/TYPE=PLMN";

constexpr std::uint32_t bit(Fetch what) { return static_cast<std::uint32_t>(what); }
constexpr std::uint32_t kEnvelope = bit(Fetch::Envelope);
constexpr std::uint32_t kFlags = bit(Fetch::Flags);

Json text_or_nothing(const std::optional<std::string>& text) { return text ? Json::string(*text) : Json(); }
Json time_of(const std::optional<Millis>& at, View view) {
  return at ? Json::integer(to_zone_time(*at, view.zone)) : Json();
}

Json color(View view) { return Json::integer(view.account.shows_colors ? view.message.flags.color : 0); }
Json unread(View view) { return view.unread < 0 ? Json() : Json::integer(view.unread); }
Json original_id(View view) { return Json::string(std::to_string(view.message.uid)); }
Json id(View view) { return view.shown_id.empty() ? original_id(view) : Json::string(view.shown_id); }
Json original_folder(View view) {
  return Json::string(view.original_folder.empty() ? view.folder : view.original_folder);
}
Json folder(View view) { return Json::string(view.folder); }
Json from(View view) { return write_addresses(view.message.from); }
Json to(View view) { return write_addresses(view.message.to); }
Json cc(View view) { return write_addresses(view.message.cc); }
Json bcc(View view) { return write_addresses(view.message.bcc); }
Json subject(View view) { return text_or_nothing(view.message.subject); }
Json size(View view) { return Json::integer(view.message.size); }
Json sent(View view) { return time_of(view.message.sent, view); }
Json received(View view) { return time_of(view.message.received, view); }
Json flags(View view) { return Json::integer(view.message.flags.flags.bits); }
Json level(View view) { return Json::integer(view.message.thread_level); }
Json priority(View view) { return Json::integer(priority_of(view.message)); }
Json account_name(View view) { return Json::string(view.account.name); }
Json account_id(View view) { return Json::integer(view.account.id); }
Json nothing(View) { return {}; }

Json attachment(View view) { return Json::boolean(mail::has_attachment(view.message)); }

/// Only while the mail is unread: it makes the client ask once.
Json notification(View view) {
  const auto value = find_header(view.message, "Disposition-Notification-To");
  if (!value || view.message.flags.flags.has(mail::Flag::Seen)) return {};
  const mail::AddressList list = mail::mime::parse_addresses(*value);
  return list.empty() ? Json() : Json::string(mail::mime::display_address(list.front()));
}

template <mail::Flag F>
Json has_flag(View view) {
  return Json::boolean(view.message.flags.flags.has(F));
}

Json content_type(View view) {
  if (!view.message.structure) return {};
  std::string type = view.message.structure->media_type();
  for (const auto& [name, value] : view.message.structure->parameters) type += "; " + name + "=" + value;
  return Json::string(to_lower_ascii(type));
}

Json authenticity(View view) { return write_authenticity(view.message, view.authenticity); }
Json preview(View view) { return text_or_nothing(view.message.preview); }

constexpr MailColumn kTable[] = {
    {102, "color_label", kFlags, {}, color},
    {309, "", 0, {}, nothing},
    {310, "", 0, {}, nothing},
    {311, "unread", 0, {}, unread},
    {312, "", 0, {}, nothing},
    {600, "id", 0, {}, id},
    {601, "folder_id", 0, {}, folder},
    {602, "attachment", bit(Fetch::Structure) | kFlags, {}, attachment},
    {603, "from", kEnvelope, {}, from},
    {604, "to", kEnvelope, {}, to},
    {605, "cc", kEnvelope, {}, cc},
    {606, "bcc", kEnvelope, {}, bcc},
    {607, "subject", kEnvelope, {}, subject},
    {608, "size", bit(Fetch::Size), {}, size},
    {609, "sent_date", kEnvelope, {}, sent},
    {610, "received_date", bit(Fetch::Received), {}, received},
    {611, "flags", kFlags, {}, flags},
    {612, "level", 0, {}, level},
    {613, "disp_notification_to", kFlags, "Disposition-Notification-To", notification},
    {614, "priority", 0, "Importance,X-Priority", priority},
    {615, "", 0, {}, nothing},
    {650, "", 0, {}, folder},
    {651, "", kFlags, {}, has_flag<mail::Flag::Seen>},
    {652, "account_name", 0, {}, account_name},
    {653, "account_id", 0, {}, account_id},
    {654, "original_id", 0, {}, original_id},
    {655, "original_folder_id", 0, {}, original_folder},
    {656, "content_type", bit(Fetch::Structure), {}, content_type},
    {657, "", kFlags, {}, has_flag<mail::Flag::Answered>},
    {658, "", kFlags, {}, has_flag<mail::Flag::Forwarded>},
    {659, "", kFlags, {}, has_flag<mail::Flag::Draft>},
    {660, "", kFlags, {}, has_flag<mail::Flag::Flagged>},
    {661, "", bit(Fetch::Received), {}, received},
    {662, "", bit(Fetch::Preview), {}, preview},
    {663, "", bit(Fetch::Preview), {}, preview},
    {664, "authenticity", kEnvelope, "Authentication-Results", authenticity},
};
static_assert(std::is_sorted(std::begin(kTable), std::end(kTable),
                             [](const MailColumn& a, const MailColumn& b) { return a.number < b.number; }));

struct SortRow {
  std::int64_t number;
  mail::SortField field;
};
constexpr SortRow kSorts[] = {
    {102, mail::SortField::Color},    {600, mail::SortField::Id},        {602, mail::SortField::Attachment},
    {603, mail::SortField::From},     {604, mail::SortField::To},        {605, mail::SortField::Cc},
    {607, mail::SortField::Subject},  {608, mail::SortField::Size},      {609, mail::SortField::Sent},
    {610, mail::SortField::Received}, {651, mail::SortField::Seen},      {652, mail::SortField::Account},
    {657, mail::SortField::Answered}, {658, mail::SortField::Forwarded}, {659, mail::SortField::Draft},
    {660, mail::SortField::Flagged},  {661, mail::SortField::Received},
};

const MailColumn* find_mail_column(std::int64_t number) {
  const auto found = std::find_if(std::begin(kTable), std::end(kTable),
                                  [&](const MailColumn& column) { return column.number == number; });
  return found == std::end(kTable) ? nullptr : &*found;
}

/// One value as text, several as an array.
Json write_header(const mail::Message& mail, std::string_view name) {
  Json values = Json::array();
  for (const auto& [each, value] : mail.headers)
    if (equal_ignoring_ascii_case(each, name)) values.append(Json::string(mail::mime::decode_words(value)));
  if (values.size() == 0) return Json::null();
  return values.size() == 1 ? values.at(0) : values;
}

std::string shown_address(const std::string& address) {
  std::string_view shown = address;
  if (shown.ends_with(kInventedDomain)) shown.remove_suffix(kInventedDomain.size());
  if (const std::size_t cut = shown.find(kPhoneSuffix); cut != shown.npos) shown = shown.substr(0, cut);
  return std::string(shown);
}

void add_fetch(mail::FetchSet& set, const MailColumn& column) {
  set.bits |= column.fetch;
  if (column.headers.empty()) return;
  for (const std::string_view name : split(column.headers, ',')) set.header_names.emplace_back(name);
}

}  // namespace

std::span<const MailColumn> mail_columns() { return kTable; }

Json write_addresses(const mail::AddressList& list) {
  Json out = Json::array();
  for (const mail::Address& each : list) {
    Json pair = Json::array();
    pair.append(each.personal && !each.personal->empty()
                    ? Json::string(mail::mime::display_name(*each.personal))
                    : Json::null());
    pair.append(each.address.empty() ? Json::null() : Json::string(shown_address(each.address)));
    out.append(std::move(pair));
  }
  return out;
}

int priority_of(const mail::Message& mail) {
  constexpr int kHigh = 1, kNormal = 3, kLow = 5;
  if (const auto importance = find_header(mail, "Importance")) {
    const std::string word = to_lower_ascii(trim(*importance));
    if (word == "high") return kHigh;
    if (word == "low") return kLow;
    if (word == "normal" || word == "medium") return kNormal;
  }
  const auto number = find_header(mail, "X-Priority");
  if (!number) return kNormal;
  const std::string_view text = trim(*number);
  return !text.empty() && text.front() >= '1' && text.front() <= '5' ? text.front() - '0' : kNormal;
}

MailCells parse_mail_cells(std::string_view columns, std::string_view headers) {
  MailCells cells;
  const auto add = [&](std::string_view list, bool has_numbers) {
    for (const std::string_view entry : split(list, ',')) {
      if (entry.empty()) continue;
      const auto number = has_numbers ? parse_integer(entry) : std::nullopt;
      if (number)
        cells.push_back({find_mail_column(*number), {}});
      else
        cells.push_back({nullptr, std::string(entry)});
    }
  };
  add(columns, true);
  add(headers, false);
  if (cells.size() > kMaxCells)
    throw ApiError(errors::svl::kBadParameter, {"columns", std::to_string(cells.size()) + " entries"});
  return cells;
}

mail::FetchSet needs_of(const MailCells& cells) {
  mail::FetchSet set;
  for (const MailCell& cell : cells) {
    if (cell.column != nullptr) add_fetch(set, *cell.column);
    if (!cell.header.empty()) set.header_names.push_back(cell.header);
  }
  return set;
}

Json write_mail_row(const MailView& view, const MailCells& cells) {
  Json row = Json::array();
  for (const MailCell& cell : cells) {
    Json value;
    if (cell.column != nullptr) value = cell.column->write(view);
    if (!cell.header.empty()) value = write_header(view.message, cell.header);
    row.append(value.is_missing() ? Json::null() : std::move(value));
  }
  return row;
}

void set_mail_cells(Json& object, const MailView& view, const MailCells& cells) {
  for (const MailCell& cell : cells) {
    if (cell.column == nullptr || cell.column->name.empty()) continue;
    Json value = cell.column->write(view);
    if (!value.is_missing()) object.set(cell.column->name.data(), std::move(value));
  }
}

mail::FetchSet fetch_for_object() {
  mail::FetchSet set;
  for (const MailColumn& column : kTable)
    if (!column.name.empty()) set.bits |= column.fetch;
  // All headers are cheaper than naming them.
  set.add(Fetch::Headers);
  return set;
}

void set_mail_members(Json& object, const MailView& view) {
  for (const MailColumn& column : kTable) {
    if (column.name.empty()) continue;
    Json value = column.write(view);
    if (!value.is_missing()) object.set(column.name.data(), std::move(value));
  }
}

mail::SortField parse_mail_sort(std::string_view sort) {
  const std::string_view text = trim(sort);
  if (text.empty()) return mail::SortField::Received;
  const auto number = parse_integer(text);
  if (!number) throw ApiError(errors::msg::kNotInteger, {std::string(text)});
  for (const SortRow& row : kSorts)
    if (row.number == *number) return row.field;
  throw ApiError(errors::msg::kBadSearch, {"sort=" + std::string(text)});
}

}  // namespace gw::ajax
