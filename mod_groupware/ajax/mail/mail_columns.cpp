#include "ajax/mail/mail_columns.hpp"

#include <algorithm>
#include <utility>

#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/json_text.hpp"
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
constexpr std::uint32_t kHeading = bit(Fetch::Heading);
constexpr std::uint32_t kFlags = bit(Fetch::Flags);

using Out = MailCellSink&;

void text_of(Out out, const std::optional<std::string>& text) {
  if (text) out.text(*text);
}
void time_of(Out out, const std::optional<Millis>& at, View view) {
  if (at) out.integer(to_zone_time(*at, view.zone));
}

void color(Out out, View view) { out.integer(view.account.shows_colors ? view.message.flags.color : 0); }
void unread(Out out, View view) {
  if (view.unread >= 0) out.integer(view.unread);
}
void original_id(Out out, View view) { out.text(std::to_string(view.message.uid)); }
void id(Out out, View view) { view.shown_id.empty() ? original_id(out, view) : out.text(view.shown_id); }
void original_folder(Out out, View view) {
  out.text(view.original_folder.empty() ? view.folder : view.original_folder);
}
void folder(Out out, View view) { out.text(view.folder); }
void from(Out out, View view) { out.addresses(view.message.from); }
void to(Out out, View view) { out.addresses(view.message.to); }
void cc(Out out, View view) { out.addresses(view.message.cc); }
void bcc(Out out, View view) { out.addresses(view.message.bcc); }
void subject(Out out, View view) { text_of(out, view.message.subject); }
void size(Out out, View view) { out.integer(view.message.size); }
void sent(Out out, View view) { time_of(out, view.message.sent, view); }
void received(Out out, View view) { time_of(out, view.message.received, view); }
void flags(Out out, View view) { out.integer(view.message.flags.flags.bits); }
void level(Out out, View view) { out.integer(view.message.thread_level); }
void priority(Out out, View view) { out.integer(priority_of(view.message)); }
void account_name(Out out, View view) { out.text(view.account.name); }
void account_id(Out out, View view) { out.integer(view.account.id); }
void nothing(Out, View) {}

void attachment(Out out, View view) { out.boolean(mail::has_attachment(view.message)); }

/// Only while the mail is unread: it makes the client ask once.
void notification(Out out, View view) {
  const auto value = find_header(view.message, "Disposition-Notification-To");
  if (!value || view.message.flags.flags.has(mail::Flag::Seen)) return;
  const mail::AddressList list = mail::mime::parse_addresses(*value);
  if (!list.empty()) out.text(mail::mime::display_address(list.front()));
}

template <mail::Flag F>
void has_flag(Out out, View view) {
  out.boolean(view.message.flags.flags.has(F));
}

void content_type(Out out, View view) {
  if (!view.message.structure) return;
  std::string type = view.message.structure->media_type();
  for (const auto& [name, value] : view.message.structure->parameters) type += "; " + name + "=" + value;
  out.text(to_lower_ascii(type));
}

void authenticity(Out out, View view) {
  if (const Json judged = write_authenticity(view.message, view.authenticity); !judged.is_missing())
    out.json(judged);
}
void preview(Out out, View view) { text_of(out, view.message.preview); }

constexpr MailColumn kTable[] = {
    {102, "color_label", kFlags, {}, color},
    {309, "", 0, {}, nothing},
    {310, "", 0, {}, nothing},
    {311, "unread", 0, {}, unread},
    {312, "", 0, {}, nothing},
    {600, "id", 0, {}, id},
    {601, "folder_id", 0, {}, folder},
    {602, "attachment", bit(Fetch::Attachment) | kFlags, {}, attachment},
    {603, "from", kHeading, {}, from},
    {604, "to", kHeading, {}, to},
    {605, "cc", kHeading, {}, cc},
    {606, "bcc", kHeading, {}, bcc},
    {607, "subject", kHeading, {}, subject},
    {608, "size", bit(Fetch::Size), {}, size},
    {609, "sent_date", kHeading, {}, sent},
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
    {664, "authenticity", kHeading, "Authentication-Results", authenticity},
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

std::string_view shown_address(std::string_view shown) {
  if (shown.ends_with(kInventedDomain)) shown.remove_suffix(kInventedDomain.size());
  return shown.substr(0, shown.find(kPhoneSuffix));
}

/// Name and address of each, as `visit(optional name, optional address)`: what is empty is not there.
template <class Visit>
void each_address(const mail::AddressList& list, const Visit& visit) {
  for (const mail::Address& each : list) {
    const bool has_name = each.personal && !each.personal->empty();
    visit(has_name ? std::optional(mail::mime::display_name(*each.personal)) : std::nullopt,
          each.address.empty() ? std::nullopt : std::optional(shown_address(each.address)));
  }
}

class TextSink final : public MailCellSink {
 public:
  explicit TextSink(std::string& out) : out_(out) {}
  void text(std::string_view value) override { append_json_string(out_, value); }
  void integer(std::int64_t value) override { append_json_integer(out_, value); }
  void boolean(bool value) override { out_ += value ? "true" : "false"; }
  void json(const Json& value) override { out_ += value.dump(); }
  void addresses(const mail::AddressList& list) override {
    char before = '[';
    each_address(list, [&](const auto& name, const auto& address) {
      out_ += std::exchange(before, ',');
      out_ += '[';
      text_or_null(name);
      out_ += ',';
      text_or_null(address);
      out_ += ']';
    });
    out_ += before == '[' ? "[]" : "]";
  }

 private:
  template <class Text>
  void text_or_null(const std::optional<Text>& value) {
    value ? append_json_string(out_, *value) : static_cast<void>(out_ += "null");
  }
  std::string& out_;
};

class TreeSink final : public MailCellSink {
 public:
  void text(std::string_view value) override { value_ = Json::string(value); }
  void integer(std::int64_t value) override { value_ = Json::integer(value); }
  void boolean(bool value) override { value_ = Json::boolean(value); }
  void json(const Json& value) override { value_ = value; }
  void addresses(const mail::AddressList& list) override { value_ = write_addresses(list); }
  /// Missing when the column had nothing.
  Json take() { return std::exchange(value_, Json()); }

 private:
  Json value_;
};

void set_member(Json& object, const MailColumn& column, View view) {
  if (column.name.empty()) return;
  TreeSink sink;
  column.write(sink, view);
  if (Json value = sink.take(); !value.is_missing()) object.set(column.name.data(), std::move(value));
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
  each_address(list, [&](const auto& name, const auto& address) {
    Json pair = Json::array();
    pair.append(name ? Json::string(*name) : Json::null());
    pair.append(address ? Json::string(*address) : Json::null());
    out.append(std::move(pair));
  });
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

void append_mail_row(std::string& out, const MailView& view, const MailCells& cells) {
  TextSink sink(out);
  char before = '[';
  for (const MailCell& cell : cells) {
    out += std::exchange(before, ',');
    const std::size_t begin = out.size();
    if (!cell.header.empty())
      sink.json(write_header(view.message, cell.header));
    else if (cell.column != nullptr)
      cell.column->write(sink, view);
    if (out.size() == begin) out += "null";
  }
  out += before == '[' ? "[]" : "]";
}

void set_mail_cells(Json& object, const MailView& view, const MailCells& cells) {
  for (const MailCell& cell : cells)
    if (cell.column != nullptr) set_member(object, *cell.column, view);
}

mail::FetchSet fetch_for_object() {
  mail::FetchSet set;
  for (const MailColumn& column : kTable)
    if (!column.name.empty()) set.bits |= column.fetch;
  // All headers are cheaper than naming them.
  set.add(Fetch::Envelope).add(Fetch::Headers);
  return set;
}

void set_mail_members(Json& object, const MailView& view) {
  for (const MailColumn& column : kTable) set_member(object, column, view);
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
