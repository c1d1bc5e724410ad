#include "mailbox/share_notice.hpp"

#include <algorithm>
#include <string_view>

#include "mail/html/plain_text.hpp"
#include "mailbox/typed_text.hpp"

namespace gw::mailbox {
namespace {

/// $1 stands for who shares, $2 for what he shares.
struct NoticeTexts {
  std::string_view language;  ///< begin of a locale
  std::string_view folder, file, open, password;
};

/// The first one is for all languages that have none.
constexpr NoticeTexts kNoticeTexts[] = {
    {"en", "$1 has shared the folder \"$2\" with you", "$1 has shared the file \"$2\" with you",
     "Open it here:", "You need a password to open it. Whoever shared it will tell it to you."},
    {"de", "$1 hat den Ordner \"$2\" für Sie freigegeben", "$1 hat die Datei \"$2\" für Sie freigegeben",
     "Hier öffnen:",
     "Zum Öffnen brauchen Sie ein Passwort. Sie erfahren es von der Person, die die Freigabe erteilt hat."},
};

const NoticeTexts& texts_of(std::string_view locale) {
  const auto* found =
      std::find_if(std::begin(kNoticeTexts), std::end(kNoticeTexts),
                   [&](const NoticeTexts& each) { return locale.starts_with(each.language); });
  return found == std::end(kNoticeTexts) ? kNoticeTexts[0] : *found;
}

}  // namespace

mail::mime::Composition compose_share_notice(const ShareNotice& notice) {
  const NoticeTexts& texts = texts_of(notice.locale);
  mail::mime::Composition mail;
  mail.from.push_back(in_header(notice.from));
  mail.to.push_back(in_header(notice.to));
  const std::string named = mail.from.front().personal.value_or("");
  const std::string who = named.empty() ? notice.from.address : named;
  mail.subject = fill_in(notice.is_file ? texts.file : texts.folder, who, as_one_line(notice.title));
  std::string text = mail.subject + ".\n";
  if (const std::string message = as_lines(notice.message, kMaxNoticeMessage); !message.empty())
    text += '\n' + message + '\n';
  text += '\n' + std::string(texts.open) + '\n' + notice.url + '\n';
  if (notice.has_password) text += '\n' + std::string(texts.password) + '\n';
  mail.html = "<div>" + mail::html::text_to_html(text) + "</div>";
  mail.text = std::move(text);
  return mail;
}

}  // namespace gw::mailbox
