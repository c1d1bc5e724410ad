// Reading rows of the contacts table. The list of columns follows the field table, the rest is fixed.
#include "model/contacts/contact_store.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/field_sql.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::contacts::store {
namespace {

/// Marks of one IN list: a few fixed sizes, so that the statement cache sees few texts.

constexpr std::string_view kSelect = "SELECT ";
constexpr std::string_view kOriginalVcard = ",contacts.original_vcard";
constexpr std::string_view kUseCount =
    ",COALESCE((SELECT u.use_count FROM contact_use_counts u WHERE u.cid=contacts.cid AND u.user_id=? AND "
    "u.contact=contacts.id),0)";
constexpr std::string_view kFrom = " FROM contacts WHERE contacts.cid=?";
constexpr std::string_view kFromAddresses =
    " FROM contacts JOIN contact_addresses a ON a.cid=contacts.cid AND a.contact=contacts.id WHERE "
    "contacts.cid=?";
constexpr std::string_view kById = " AND contacts.id=?";
constexpr std::string_view kChangedAfter = " AND contacts.last_modified>?";
constexpr std::string_view kHasBirthday = " AND contacts.birthday IS NOT NULL";
// A year of 365.25 days: no month and day as both engines could tell them, but near enough to leave out most.
constexpr std::string_view kBornAround = " AND (contacts.birthday+?)%31557600000<?";
constexpr std::int64_t kMeanYear = 31'557'600'000, kDayOfMillis = 86'400'000;
/// What the mean year and the leap days of four centuries may differ by.
constexpr std::int64_t kMarginDays = 8;
/// Makes every birthday positive: remainders of negative numbers are negative.
constexpr std::int64_t kManyYears = 20'000 * kMeanYear;
constexpr std::string_view kHasAnniversary = " AND contacts.anniversary IS NOT NULL";

/// Columns are qualified where the join with addresses brings a second set of names.
std::string column_list(const FieldSet& wanted, bool qualified) {
  const auto table = contact_fields();
  std::string list;
  list.reserve(32 * wanted.count() + 64);
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!wanted.test(i) || table[i].sql.empty()) continue;
    if (!list.empty()) list += ',';
    if (qualified) list += "contacts.";
    list += table[i].sql;
  }
  return list;
}

bool wants_column(const FieldSet& fields, int column) {
  const int index = find_column(contact_fields(), column);
  return index >= 0 && fields.test(static_cast<std::size_t>(index));
}

struct Slice {
  std::span<const FolderId> folders;
  std::span<const ObjectId> ids;
  std::span<const UserId> users;
  std::span<const std::string> addresses;
};

class Reader {
 public:
  Reader(sql::Connection& connection, ContextId context, const Selection& selection,
         const Condition& condition, const std::function<void(const Contact&)>& visit)
      : connection_(connection),
        context_(context),
        selection_(selection),
        condition_(condition),
        visit_(visit),
        counts_uses_(wants_column(selection.fields, 608)),
        head_(std::string(kSelect) + column_list(selection.fields, !condition.addresses.empty())) {
    for (const std::string& piece : condition.pieces) pieces_.push_back("%" + sql::escape_like(piece) + "%");
  }

  void run(const Slice& slice) {
    const sql::StatementText statement = build(slice);
    sql::Query row = statement.run(connection_);
    while (row.next()) {
      int next = read_row(contact_, row, contact_fields(), selection_.fields);
      if (selection_.original_vcard) contact_.original_vcard = row.optional_string(next++);
      if (counts_uses_) contact_.use_count = row.integer(next);
      visit_(contact_);
    }
  }

 private:
  sql::StatementText build(const Slice& slice) const {
    sql::StatementText statement{head_, {}};
    if (selection_.original_vcard) statement.sql += kOriginalVcard;
    if (counts_uses_) statement.add(kUseCount, selection_.reader);
    statement.add(slice.addresses.empty() ? kFrom : kFromAddresses, context_);
    statement.add_list("a.mail_fold", slice.addresses);
    if (slice.ids.size() == 1)
      statement.add(kById, slice.ids.front());
    else
      statement.add_list("contacts.id", slice.ids);
    statement.add_list("contacts.user_id", slice.users);
    statement.add_list("contacts.folder_id", slice.folders);
    if (condition_.changed_after) statement.add(kChangedAfter, *condition_.changed_after);
    if (condition_.has_birthday) statement.sql += kHasBirthday;
    if (condition_.born_around) add_window(statement, *condition_.born_around);
    if (condition_.has_anniversary) statement.sql += kHasAnniversary;
    add_pieces(statement);
    return statement;
  }

  static void add_window(sql::StatementText& statement, const YearWindow& window) {
    const std::int64_t length = (window.days + 2 * kMarginDays) * kDayOfMillis;
    if (length >= kMeanYear) return;
    statement.add(kBornAround, kManyYears - window.from.to_millis() + kMarginDays * kDayOfMillis);
    statement.values.push_back(sql::to_value(length));
  }

  void add_pieces(sql::StatementText& statement) const {
    if (pieces_.empty()) return;
    const std::string_view between = condition_.any_piece ? " OR " : " AND ";
    statement.sql += " AND (";
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (i > 0) statement.sql += between;
      statement.add("contacts.search_fold LIKE ?", pieces_[i]);
      statement.sql += sql::like_escape(connection_.engine());
    }
    statement.sql += ')';
  }

  sql::Connection& connection_;
  ContextId context_;
  const Selection& selection_;
  const Condition& condition_;
  const std::function<void(const Contact&)>& visit_;
  bool counts_uses_;
  std::string head_;
  std::vector<std::string> pieces_;
  Contact contact_;
};

template <class T>
void run_slices(Reader& reader, const std::vector<T>& values, std::span<const T> Slice::*list, Slice slice) {
  sql::each_slice(values, [&](std::span<const T> piece) {
    slice.*list = piece;
    reader.run(slice);
  });
}

}  // namespace

FieldSet with_dependencies(FieldSet fields) {
  const auto table = contact_fields();
  const auto want = [&](std::initializer_list<int> columns) {
    for (const int column : columns) fields.set(static_cast<std::size_t>(find_column(table, column)));
  };
  if (wants_column(fields, 6)) want({5});
  if (wants_column(fields, 570) || wants_column(fields, 606)) want({596, 597});
  if (wants_column(fields, 607)) want({500, 501, 502, 555, 556, 569, 611});
  if (wants_column(fields, 592)) want({602});
  want({1, 20, 2, 5, 101, 524, 594});
  return fields;
}

void scan(sql::Connection& connection, ContextId context, const Selection& selection,
          const Condition& condition, const std::function<void(const Contact&)>& visit) {
  Reader reader(connection, context, selection, condition, visit);
  const Slice whole{condition.folders, condition.ids, condition.users, condition.addresses};
  if (condition.ids.size() > 1)
    run_slices(reader, condition.ids, &Slice::ids, whole);
  else if (condition.users.size() > 1)
    run_slices(reader, condition.users, &Slice::users, whole);
  else if (condition.folders.size() > 1)
    run_slices(reader, condition.folders, &Slice::folders, whole);
  else
    reader.run(whole);
}

std::optional<Contact> find(sql::Connection& connection, ContextId context, const Selection& selection,
                            ObjectId id) {
  std::optional<Contact> found;
  scan(connection, context, selection, {.ids = {id}}, [&](const Contact& contact) { found = contact; });
  return found;
}

std::string search_text(const Contact& contact) {
  constexpr char kSeparator = '\x1f';
  std::string text(1, kSeparator);
  for (const Field<Contact>& field : contact_fields()) {
    if (!(field.flags & kSearchable)) continue;
    const auto member = std::get<Text Contact::*>(field.member);
    if (!(contact.*member)) continue;
    text += fold(*(contact.*member));
    text += kSeparator;
  }
  return text;
}

std::string fold_address(std::string_view address) {
  constexpr std::size_t kIndexed = 255;
  const std::string folded = fold(trim(address));
  return std::string(first_characters(folded, kIndexed));
}

}  // namespace gw::model::contacts::store
