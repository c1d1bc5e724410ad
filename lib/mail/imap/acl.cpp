#include "mail/imap/acl.hpp"

namespace gw::mail::imap {
namespace {

void grant(std::string& rights, std::string_view letters) {
  for (const char c : letters) {
    if (rights.find(c) == std::string::npos) rights += c;
  }
}

bool may_make_folders(std::string_view rights) { return has_right(rights, 'k') && has_right(rights, 'x'); }

}  // namespace

bool has_right(std::string_view rights, char right) {
  const auto holds = [&](char c) { return rights.find(c) != std::string_view::npos; };
  if (right == 'k' || right == 'x') return holds(right) || holds('c');
  if (right == 'e' || right == 't') return holds(right) || holds('d');
  return holds(right);
}

std::string rights_of(const FolderPermission& permission, bool knows_new_letters) {
  std::string rights;
  if (permission.admin) grant(rights, "aclkx");
  if (permission.folder >= 2) grant(rights, "l");
  if (permission.folder >= 4) grant(rights, "il");
  if (permission.folder >= 8) grant(rights, "cilkx");
  if (permission.read >= 4) grant(rights, "rs");
  if (permission.write >= 4) grant(rights, "w");
  if (permission.remove >= 4) grant(rights, "det");
  if (!rights.empty()) grant(rights, "p");
  std::string known;
  // With the new letters the old joint ones would say the same twice.
  const std::string_view unknown = knows_new_letters ? "cd" : "kxet";
  for (const char c : rights) {
    if (unknown.find(c) == std::string_view::npos) known += c;
  }
  return known;
}

FolderPermission permission_of(std::string_view identifier, std::string_view rights) {
  FolderPermission permission;
  permission.identifier = identifier;
  const bool sees = has_right(rights, 'l'), inserts = sees && has_right(rights, 'i');
  permission.admin = has_right(rights, 'a') && sees && may_make_folders(rights);
  permission.folder = inserts && may_make_folders(rights) ? 8 : inserts ? 4 : sees ? 2 : 0;
  permission.read = has_right(rights, 'r') ? 4 : 0;
  permission.write = has_right(rights, 'w') ? 4 : 0;
  permission.remove = has_right(rights, 'e') && has_right(rights, 't') ? 4 : 0;
  return permission;
}

bool is_login_identifier(std::string_view identifier) {
  return !identifier.empty() && std::string_view("-$!#").find(identifier.front()) == std::string_view::npos &&
         identifier != "authenticated";
}

}  // namespace gw::mail::imap
