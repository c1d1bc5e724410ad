// The rules that a request is about, and how it writes them.
#pragma once

#include "ajax/action.hpp"
#include "ajax/mail/mail_call.hpp"
#include "mail/store/provider.hpp"
#include "mailbox/filters/filters.hpp"

namespace gw::ajax {

/// Of the caller, or of the user whom the parameter `username` names. Errors: those of Filters's constructor.
struct AskedFilters : mailbox::filters::Filters {
  explicit AskedFilters(const Invocation& invocation)
      : Filters(invocation.work, *invocation.session,
                {mail_keys(invocation), invocation.arguments.text("username"), places_of(invocation)}) {}

 private:
  static mail::Places* places_of(const Invocation& invocation) {
    const mail::Registry* protocols = invocation.runtime.mail_protocols;
    return protocols == nullptr ? nullptr : &protocols->places();
  }
};

/// Which module was called.
inline mail::sieve::Version version_of(const Invocation& invocation) {
  return invocation.request.path.starts_with("mailfilter/v2") ? mail::sieve::Version::V2
                                                              : mail::sieve::Version::V1;
}

}  // namespace gw::ajax
