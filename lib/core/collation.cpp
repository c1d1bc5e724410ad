// ICU side of core/text: folding for search and collators for sorting.
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>

#include "core/text.hpp"

namespace gw {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

icu::UnicodeString to_unicode(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
}

std::string locale_id(std::string_view locale, std::string_view collation) {
  if (collation == "gbk" || collation == "gb2312") return "zh_CN@collation=gb2312han";
  if (collation == "numeric") return locale_id(locale, {}) + "@colnumeric=yes";
  const bool plain = locale.size() <= 32 && std::all_of(locale.begin(), locale.end(), [](unsigned char c) {
                       return std::isalnum(c) || c == '_' || c == '-';
                     });
  return plain ? std::string(locale) : std::string();
}

}  // namespace

std::string fold(std::string_view utf8) {
  if (is_ascii(utf8)) return to_lower_ascii(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return to_lower_ascii(utf8);
  icu::UnicodeString text = decompose->normalize(to_unicode(utf8), status).foldCase();
  text = decompose->normalize(text, status);
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) bare.append(c);
  }
  std::string out;
  return bare.toUTF8String(out);
}

struct Collator::Impl {
  std::unique_ptr<icu::Collator> collator;
};

Collator::Collator(std::string_view locale, std::string_view collation) {
  thread_local std::map<std::string, std::shared_ptr<const Impl>> cache;
  const std::string id = locale_id(locale, collation);
  auto& entry = cache[id];
  if (!entry) {
    if (cache.size() > 64) cache.clear();
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale(id.c_str()), status));
    if (U_FAILURE(status) || !made) {
      status = U_ZERO_ERROR;
      made.reset(icu::Collator::createInstance(icu::Locale::getRoot(), status));
    }
    auto impl = std::make_shared<Impl>();
    impl->collator = std::move(made);
    impl_ = impl;
    cache[id] = impl;
    return;
  }
  impl_ = entry;
}

std::string Collator::sort_key(std::string_view utf8) const {
  const icu::UnicodeString text = to_unicode(utf8);
  std::string key(utf8.size() * 4 + 16, '\0');
  auto length = impl_->collator->getSortKey(text, reinterpret_cast<std::uint8_t*>(key.data()),
                                            static_cast<std::int32_t>(key.size()));
  if (static_cast<std::size_t>(length) > key.size()) {
    key.resize(static_cast<std::size_t>(length));
    length = impl_->collator->getSortKey(text, reinterpret_cast<std::uint8_t*>(key.data()), length);
  }
  key.resize(static_cast<std::size_t>(std::max(0, length - 1)));  // ICU counts its terminating zero
  return key;
}

int Collator::compare(std::string_view a, std::string_view b) const {
  UErrorCode status = U_ZERO_ERROR;
  return impl_->collator->compareUTF8({a.data(), static_cast<std::int32_t>(a.size())},
                                      {b.data(), static_cast<std::int32_t>(b.size())}, status);
}

}  // namespace gw
