// Scheduling messages as other programs write them (tests/data/invitations), with a test's own values in
// them.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "support/source_folder.hpp"

namespace gw::test {

struct MessageValues {
  std::string organizer = "boss@far.test", attendee = "anna@example.test", uid = "foreign-1";
  int sequence = 0;
  std::string stamp = "20240601T100000Z", start = "20240701T090000", end = "20240701T100000",
              part_stat = "ACCEPTED";
};

/// `name`: of the file without its end.
inline std::string foreign_message(const std::string& name, const MessageValues& values = {}) {
  std::ifstream file(source_folder() / "tests/data/invitations" / (name + ".ics"), std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  std::string text = bytes.str();
  // Lines are folded anywhere, also inside of the marks.
  for (std::size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
    text.erase(at, 3);
  const std::map<std::string, std::string> marks{{"@ORGANIZER@", values.organizer},
                                                 {"@ATTENDEE@", values.attendee},
                                                 {"@UID@", values.uid},
                                                 {"@SEQUENCE@", std::to_string(values.sequence)},
                                                 {"@STAMP@", values.stamp},
                                                 {"@START@", values.start},
                                                 {"@END@", values.end},
                                                 {"@PARTSTAT@", values.part_stat}};
  for (const auto& [mark, value] : marks)
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
      text.replace(at, mark.size(), value);
  return text;
}

}  // namespace gw::test
