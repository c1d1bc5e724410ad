// GroupwareDirectory and the directives that say more of one: Account, Mapping, Login, Import, Book. Free of
// httpd; groupwarectl reads them, too. Meanings: docs/directory.md.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/settings.hpp"

namespace gw::apache {

/// A name, URLs of servers, and words. Errors of all: DirectiveError.
void add_directory(std::vector<DirectorySettings>& directories, std::string_view directive,
                   std::span<const std::string_view> words);
/// The name of a directory that stands above, then what each one takes.
void set_directory_account(std::vector<DirectorySettings>& directories, std::string_view directive,
                           std::span<const std::string_view> words);
void set_directory_mapping(std::vector<DirectorySettings>& directories, std::string_view directive,
                           std::span<const std::string_view> words);
void set_directory_login(std::vector<DirectorySettings>& directories, std::string_view directive,
                         std::span<const std::string_view> words);
/// Adds.
void add_directory_book(std::vector<DirectorySettings>& directories, std::string_view directive,
                        std::span<const std::string_view> words);
void set_directory_import(std::vector<DirectorySettings>& directories, std::string_view directive,
                          std::span<const std::string_view> words);

/// One of the six by its name. Gives whether it was one.
bool apply_directory_directive(std::vector<DirectorySettings>& directories, std::string_view directive,
                               std::span<const std::string_view> words);

}  // namespace gw::apache
