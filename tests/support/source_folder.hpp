// Where the sources lie, for tests that read data files and start scripts.
#pragma once

#include <filesystem>

namespace gw::test {

/// The root of the source tree, absolute. Only this one file is compiled with the path, so a compiler cache
/// serves every other test to any checkout.
std::filesystem::path source_folder();

}  // namespace gw::test
