// What a Drive mail says before its own text: where its files are. Source: spec mail-compose section 6,
// step 5.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/composition.hpp"

namespace gw::mailbox {

struct DriveMailFile {
  std::string name;
  std::int64_t size = 0;  ///< bytes
};

struct DriveMailNote {
  std::string url;
  std::vector<DriveMailFile> files;
  std::string last_day;       ///< `yyyy-MM-dd`; empty: the link does not end
  bool has_password = false;  ///< which the sender must tell on another way
  std::string locale;         ///< English unless its language has a table here
};

/// `1.5 MB`, in steps of 1024.
std::string format_file_size(std::int64_t bytes, char decimal_point);

/// Plain text; ends with an empty line.
std::string write_note(const DriveMailNote& note);
/// Puts it before the text and inside the HTML, whichever the mail has.
void put_note(mail::mime::Composition& mail, const DriveMailNote& note);

/// What a folder is called that holds the files of a mail: its subject, without what file names must not
/// have; `otherwise` when nothing is left. Units: at most 120 characters.
std::string folder_title(std::string_view subject, std::string_view otherwise);

}  // namespace gw::mailbox
