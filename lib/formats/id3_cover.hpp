// The cover picture inside an MP3 file. Source: ID3 tag versions 2.2, 2.3 and 2.4, frames PIC and APIC.
#pragma once

#include <optional>
#include <string_view>

namespace gw::formats {

struct Id3Cover {
  std::string_view media_type;  ///< as the tag says, or by its three letters; nobody has checked it
  std::string_view bytes;
};

/// How much of a file's begin to read: the tag stands first, and larger ones are cut.
inline constexpr std::size_t kLongestId3Tag = 4'194'304;

/// The front cover, else the first picture.
/// Errors: empty when there is no tag, no picture in the part given, or the tag is compressed or
/// unsynchronised. Owns:   the result points into `file`.
std::optional<Id3Cover> find_id3_cover(std::string_view file);

}  // namespace gw::formats
