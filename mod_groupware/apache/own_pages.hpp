// Pages of ours outside of /ajax: claimed by their URL or their section before aliases and rewriting are
// asked, kept from the disk, answered by one function. Every face that is no module of the API registers
// here.
#pragma once

#include <httpd.h>

#include <apr_strings.h>
#include <http_config.h>
#include <http_request.h>

#include <cstring>

#include "boundary/guards.hpp"

namespace gw::apache {

struct OwnPages {
  /// Stands for the file: sections of <Location> are not merged when the disk is asked, so the name tells.
  const char* mark;
  bool (*is_ours)(request_rec*);
  /// Asked for every request that no handler has answered; DECLINED: not one of these.
  int (*answer)(request_rec*);
};

inline bool is_claimed(const request_rec* request, const OwnPages& pages) {
  return request->filename != nullptr && std::strcmp(request->filename, pages.mark) == 0;
}

template <const OwnPages& kPages>
struct OwnPagesHooks {
  static int translate(request_rec* request) noexcept {
    return boundary::guard_request(request, "translate_name", [request] {
      if (request->proxyreq != PROXYREQ_NONE || !kPages.is_ours(request)) return DECLINED;
      request->filename = apr_pstrdup(request->pool, kPages.mark);
      return OK;
    });
  }
  static int map(request_rec* request) noexcept { return is_claimed(request, kPages) ? OK : DECLINED; }
  static int handle(request_rec* request) noexcept {
    return boundary::guard_request(request, "handler", [request] { return kPages.answer(request); });
  }
};

template <const OwnPages& kPages>
void register_own_pages() {
  static const char* const kBefore[] = {"mod_rewrite.c", "mod_proxy.c", "mod_alias.c", nullptr};
  using Hooks = OwnPagesHooks<kPages>;
  ap_hook_translate_name(Hooks::translate, kBefore, nullptr, APR_HOOK_MIDDLE);
  ap_hook_map_to_storage(Hooks::map, kBefore, nullptr, APR_HOOK_MIDDLE);
  ap_hook_handler(Hooks::handle, nullptr, nullptr, APR_HOOK_MIDDLE);
}

}  // namespace gw::apache
