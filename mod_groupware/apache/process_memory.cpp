#include "apache/process_memory.hpp"

#include <malloc.h>

namespace gw::apache {
namespace {

#ifdef __GLIBC__
/// glibc makes eight arenas for each core, and each keeps the memory of its largest request: a list of 1,000
/// files, two megabytes, stayed once per thread. Threads of one process rarely allocate at the same moment.
constexpr int kArenas = 4;
/// glibc raises both limits by itself as soon as a large block was freed once, up to 64 MiB that then stay.
/// Given a number, it leaves them alone.
constexpr int kMappedAlone = 1 << 20, kKeptFree = 1 << 20;
constexpr std::int64_t kLargeRequest = 1 << 20;
#endif

}  // namespace

void bound_kept_memory() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, kArenas);
  mallopt(M_MMAP_THRESHOLD, kMappedAlone);
  mallopt(M_TRIM_THRESHOLD, kKeptFree);
#endif
}

void give_back_memory([[maybe_unused]] std::int64_t bytes) {
#ifdef __GLIBC__
  if (bytes >= kLargeRequest) malloc_trim(0);
#endif
}

}  // namespace gw::apache
