#include "mailbox/drive_mail_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "mail/html/plain_text.hpp"

namespace gw::mailbox {
namespace {

constexpr std::size_t kMaxFolderTitle = 120;

struct NoteTexts {
  std::string_view language;  ///< begin of a locale
  std::string_view files, until, password;
  char decimal_point;
};

/// The first one is for all languages that have none.
constexpr NoteTexts kNoteTexts[] = {
    {"en", "The files of this mail:", "The link works until {}.",
     "You need a password to open it. The sender will tell it to you.", '.'},
    {"de", "Die Dateien zu dieser Mail:", "Der Link gilt bis {}.",
     "Zum Öffnen brauchen Sie ein Passwort. Sie erfahren es vom Absender.", ','},
};

const NoteTexts& note_texts(std::string_view locale) {
  const auto* found = std::find_if(std::begin(kNoteTexts), std::end(kNoteTexts),
                                   [&](const NoteTexts& each) { return locale.starts_with(each.language); });
  return found == std::end(kNoteTexts) ? kNoteTexts[0] : *found;
}

}  // namespace

std::string format_file_size(std::int64_t bytes, char decimal_point) {
  constexpr std::array<std::string_view, 4> kUnits{"KB", "MB", "GB", "TB"};
  constexpr double kStep = 1'024;
  if (bytes < static_cast<std::int64_t>(kStep)) return fmt::format("{} B", bytes);
  double size = static_cast<double>(bytes) / kStep;
  std::size_t unit = 0;
  for (; size >= kStep && unit + 1 < kUnits.size(); ++unit) size /= kStep;
  std::string number = fmt::format("{:.1f}", size);
  std::replace(number.begin(), number.end(), '.', decimal_point);
  return number + ' ' + std::string(kUnits[unit]);
}

std::string write_note(const DriveMailNote& note) {
  const NoteTexts& texts = note_texts(note.locale);
  std::string text = std::string(texts.files) + '\n' + note.url + "\n\n";
  for (const DriveMailFile& file : note.files)
    text += fmt::format("- {} ({})\n", file.name, format_file_size(file.size, texts.decimal_point));
  text += '\n';
  if (!note.last_day.empty()) text += fmt::format(fmt::runtime(texts.until), note.last_day) + '\n';
  if (note.has_password) text += std::string(texts.password) + '\n';
  if (!text.ends_with("\n\n")) text += '\n';
  return text;
}

void put_note(mail::mime::Composition& mail, const DriveMailNote& note) {
  const std::string text = write_note(note);
  if (mail.html) {
    // The HTML was written anew by the allow-list: a tag looks like this, and text cannot.
    const std::size_t body = mail.html->find("<body");
    const std::size_t end = body == std::string::npos ? body : mail.html->find('>', body);
    mail.html->insert(end == std::string::npos ? 0 : end + 1,
                      "<div>" + mail::html::text_to_html(text) + "</div>");
  }
  if (mail.text || !mail.html) mail.text = text + mail.text.value_or("");
}

std::string folder_title(std::string_view subject, std::string_view otherwise) {
  constexpr std::string_view kNotInNames = "/\\:*?\"<>|";
  std::string title(subject);
  std::replace_if(
      title.begin(), title.end(),
      [&](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || kNotInNames.find(c) != kNotInNames.npos;
      },
      '_');
  title = std::string(trim(first_characters(trim(title), kMaxFolderTitle)));
  const bool says_nothing = title.find_first_not_of(". _") == std::string::npos;
  return says_nothing ? std::string(otherwise) : title;
}

}  // namespace gw::mailbox
