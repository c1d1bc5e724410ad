// How a server process keeps the memory that requests have given back.
#pragma once

namespace gw::apache {

/// Bounds what the allocator of the C library keeps for itself. Holds for the whole process, also for other
/// modules. Threads: child_init, before workers run.
void bound_kept_memory();

}  // namespace gw::apache
