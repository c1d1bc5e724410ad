// Address lists of headers: reading what people and programs write, and writing what RFC 5322 wants.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/address.hpp"

namespace gw::mail::mime {

/// Limit of one list: further addresses are left out.
inline constexpr std::size_t kMaxAddresses = 10'000;

/// The mailboxes of a header value. Groups are resolved into their members, comments are names where there is
/// no other, names lose quotes and encoded words, domains become Unicode. A name without quotes that holds a
/// comma is one name. Errors: none; an entry without an address has an empty one. Cost: linear.
/// Source: RFC 5322 sections 3.4 and 4.4; spec mail section 3.
AddressList parse_addresses(std::string_view value);

/// One mailbox from parts that a server split already (ENVELOPE): name still encoded.
Address make_address(std::optional<std::string_view> name, std::string_view address);

/// The name as the API shows it: in quotes with escapes where RFC 5322 needs them.
std::string display_name(std::string_view personal);
/// `Name <address>` as people read it, Unicode.
std::string display_address(const Address& address);

/// The address with its domain in ASCII (IDNA 2008, UTS 46). A domain that has no ASCII form stays.
std::string to_ascii_domain(std::string_view address);
std::string to_unicode_domain(std::string_view address);
/// True when the local part is not ASCII: only then a transport needs SMTPUTF8.
bool needs_smtputf8(std::string_view address);

/// True for something a server may be asked to deliver to: one "@", no blanks, controls, brackets or commas
/// outside a quoted local part, at most 254 + 64 bytes.
bool is_plausible_address(std::string_view address);

/// The value of an address header: encoded words, ASCII domains, `, ` between mailboxes, unfolded.
std::string format_addresses(const AddressList& list);

}  // namespace gw::mail::mime
