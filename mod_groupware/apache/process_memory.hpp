// How a server process keeps the memory that requests have given back.
#pragma once

#include <cstdint>

namespace gw::apache {

/// Bounds what the allocator of the C library keeps for itself. Holds for the whole process, also for other
/// modules. Threads: child_init, before workers run.
void bound_kept_memory();

/// To be called when everything of a request is freed that took in and gave out so many bytes. After large
/// ones free pages between blocks that live on go back to the system: an import of 10,000 events left 45 MiB
/// of them. Cost: a comparison; after large requests a walk over the heap, well below a millisecond where
/// little is free. Threads: any.
void give_back_memory(std::int64_t bytes);

}  // namespace gw::apache
