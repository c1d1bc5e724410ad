#include "model/contacts/contact_sort.hpp"

#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_codecs.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::model::contacts {
namespace {

std::optional<std::string_view> view(const Text& text) {
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

}  // namespace

SortKeys::SortKeys(const Sort& sort, const Caller& caller)
    : sort_(sort), is_japanese_(caller.locale.starts_with("ja")), collator_(caller.locale, sort.collation) {
  if (sort.column == 0 || is_special()) return;
  index_ = find_column(contact_fields(), sort.column);
  // Irregular columns have no order of their own.
  if (index_ >= 0 && contact_fields()[static_cast<std::size_t>(index_)].codec != nullptr) index_ = -1;
}

FieldSet SortKeys::fields() const {
  FieldSet fields;
  if (sort_.column == kSortByName || sort_.column == 0)
    fields = fields_of(std::array{500, 501, 502, 555, 556, 569, 611});
  if (sort_.column == kSortByUseCount) fields = fields_of(std::array{608});
  if (sort_.column == kSortByRelevance) fields = fields_of(std::array{500, 608});
  if (index_ >= 0) fields.set(static_cast<std::size_t>(index_));
  return fields;
}

std::string SortKeys::name_key(const Contact& contact) const {
  const std::string_view name = sort_name(contact, is_japanese_);
  if (name.empty()) return KeyBuilder().missing().take();
  KeyBuilder key;
  key.text(collator_, name);
  // Equal last names: people expect the first names in order.
  if (contact.last_name || contact.yomiLastName) key.text(collator_, view(contact.first_name));
  return key.take();
}

std::string SortKeys::key(const Contact& contact) const {
  KeyBuilder key;
  if (sort_.column == kSortByName) return name_key(contact);
  if (sort_.column == kSortByUseCount) return key.number(contact.use_count).take();
  if (sort_.column == kSortByRelevance)
    return key.number(holds_user_contacts(FolderId(contact.folder_id)) ? 0 : 1)
        .descending_number(contact.use_count)
        .text(collator_, view(contact.display_name))
        .take();
  const Field<Contact>& field = contact_fields()[static_cast<std::size_t>(index_)];
  std::visit(
      [&](auto member) {
        const auto& value = contact.*member;
        using V = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<V, Text>)
          key.text(collator_, view(value));
        else if constexpr (std::is_same_v<V, Millis>)
          value.value == 0 ? key.missing() : key.number(value.value);
        else if constexpr (std::is_same_v<V, std::optional<Date>>)
          value ? key.number(value->days) : key.missing();
        else if constexpr (std::is_same_v<V, std::optional<std::int64_t>>)
          value ? key.number(*value) : key.missing();
        else
          field.wire == Wire::ZeroIsAbsent&& value == 0 ? key.missing() : key.number(value);
      },
      field.member);
  return key.take();
}

}  // namespace gw::model::contacts
