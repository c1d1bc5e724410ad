// The tables behind title_sets(), one file each.
#pragma once

#include <span>

#include "formats/csv/titles.hpp"

namespace gw::formats::csv {

std::span<const Title> own_titles();
std::span<const Title> google_titles();
std::span<const Title> outlook_english_titles();
std::span<const Title> outlook_german_titles();
std::span<const Title> outlook_french_titles();
std::span<const Title> outlook_dutch_titles();
std::span<const Title> outlook_spanish_titles();

}  // namespace gw::formats::csv
