// Files inside winmail.dat (application/ms-tnef), the container of Outlook and Exchange. Only attachments and
// the plain or HTML body; not calendars or compressed RTF. Source: [MS-OXTNEF] sections 2.1 to 2.4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::mime {

/// Views into the container's bytes.
struct TnefFile {
  std::string name;  ///< UTF-8, without folders; made up where there is none
  std::string type;  ///< media type if the container tells one
  std::string_view bytes;
};
struct Tnef {
  std::vector<TnefFile> files;
  std::string_view html;  ///< bytes of PR_BODY_HTML, in charset
  std::string_view text;
  std::string charset;
};

/// At most 1,000 files. Errors: empty when it is no TNEF; what is broken ends the reading, files before it
/// stay. Cost: linear, no copies. libytnef is not used: it is GPL, prints to stdout and trusts lengths.
Tnef parse_tnef(std::string_view bytes);
bool is_tnef(std::string_view bytes);

}  // namespace gw::mail::mime
