#include "support/source_folder.hpp"

namespace gw::test {

std::filesystem::path source_folder() { return GW_SOURCE_DIR; }

}  // namespace gw::test
