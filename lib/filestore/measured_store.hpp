// A file store whose calls are counted and timed (core/metric.hpp), over any other one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "filestore/file_store.hpp"

namespace gw::filestore {

/// `kind` names the sort of store in figures: `file`, `s3`. It must outlive the root.
std::unique_ptr<StoreRoot> measure(std::unique_ptr<StoreRoot> root, std::string_view kind);

}  // namespace gw::filestore
