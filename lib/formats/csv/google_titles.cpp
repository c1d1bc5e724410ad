// Titles of Google's contact export, old and new, besides the numbered groups (parse_numbered_title).
#include "formats/csv/title_tables.hpp"

namespace gw::formats::csv {
namespace {

constexpr Title kGoogleTitles[] = {
    {"Name", 500},
    {"Given Name", 501},
    {"Additional Name", 503},
    {"Family Name", 502},
    {"First Name", 501},
    {"Middle Name", 503},
    {"Last Name", 502},
    {"Yomi Name", 0, Use::Nothing},
    {"Given Name Yomi", 610},
    {"Additional Name Yomi", 0, Use::Nothing},
    {"Family Name Yomi", 611},
    {"Phonetic First Name", 610},
    {"Phonetic Middle Name", 0, Use::Nothing},
    {"Phonetic Last Name", 611},
    {"Name Prefix", 505},
    {"Name Suffix", 504},
    {"Initials", 0, Use::Nothing},
    {"Nickname", 515},
    {"Short Name", 0, Use::Nothing},
    {"Maiden Name", 0, Use::Nothing},
    {"File As", 599},
    {"Birthday", 511},
    {"Gender", 0, Use::Nothing},
    {"Location", 0, Use::Nothing},
    {"Billing Information", 0, Use::Nothing},
    {"Directory Server", 0, Use::Nothing},
    {"Mileage", 0, Use::Nothing},
    {"Occupation", 514},
    {"Hobby", 0, Use::Nothing},
    {"Sensitivity", 101, Use::Sensitivity},
    {"Priority", 0, Use::Nothing},
    {"Subject", 0, Use::Nothing},
    {"Notes", 518},
    {"Language", 0, Use::Nothing},
    {"Photo", 0, Use::Nothing},
    {"Organization Name", 569},
    {"Organization Title", 520},
    {"Organization Department", 519},
    {"Labels", 100},
    {"Group Membership", 100},
};

}  // namespace

std::span<const Title> google_titles() { return kGoogleTitles; }

}  // namespace gw::formats::csv
