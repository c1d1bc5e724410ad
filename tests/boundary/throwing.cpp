#include "throwing.h"

#include <stdexcept>
#include <string>

#include "boundary/guards.hpp"
#include "boundary/pool_new.hpp"
#include "core/error.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"

namespace {

int raise(throwing_kind kind) {
  switch (kind) {
    case THROW_NOTHING:
      return 7;
    case THROW_HTTP_ERROR:
      throw gw::HttpError(413, "too large");
    case THROW_UNAVAILABLE:
      throw gw::Unavailable("database down", 9);
    case THROW_API_ERROR:
      throw gw::ApiError(gw::errors::svl::kBodyMissing);
    case THROW_SERVICE_DOWN:
      throw gw::ApiError(gw::errors::msg::kConnectionLost, {"mail.test", "gone"});
    case THROW_BAD_ALLOC:
      throw std::bad_alloc();
    case THROW_RUNTIME_ERROR:
      throw std::runtime_error("100 %s broken");
    case THROW_LONG_TEXT:
      throw std::runtime_error(std::string(10'000, 'x'));
    case THROW_NUMBER:
      throw 42;
  }
  return 0;
}

struct Counted {
  explicit Counted(int* value) : counter(value) {}
  ~Counted() { ++*counter; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  int* counter;
};

struct Failing {
  explicit Failing(int* value) : counted(value) { throw std::runtime_error("no"); }
  Counted counted;
};

}  // namespace

int guarded_request(request_rec* request, throwing_kind kind) {
  return gw::boundary::guard_request(request, "test hook", [kind] { return raise(kind); });
}

int guarded_hook(throwing_kind kind) {
  return gw::boundary::guard_hook(nullptr, "test hook", -1, [kind] { return raise(kind); });
}

const char* guarded_directive(cmd_parms* command, throwing_kind kind) {
  return gw::boundary::guard_directive(command, [kind]() -> const char* {
    raise(kind);
    return nullptr;
  });
}

void* make_counted(apr_pool_t* pool, int* counter) { return gw::boundary::pool_new<Counted>(pool, counter); }

int make_failing(apr_pool_t* pool, int* counter) {
  try {
    gw::boundary::pool_new<Failing>(pool, counter);
  } catch (const std::runtime_error&) {
    return 1;
  }
  return 0;
}
