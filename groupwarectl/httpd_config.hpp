// Reading httpd configuration files as httpd does, as far as directives of the whole server go: quotes,
// continued lines, ${variables}, Include, IncludeOptional, ServerRoot. Not for sections that hold for a part
// of the server (<VirtualHost>, <Directory> …): their contents are passed over.
// Source: httpd 2.4 manual, "Configuration Files" and mod "core".
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace groupwarectl {

using DirectiveVisitor =
    std::function<void(std::string_view name, const std::vector<std::string>& arguments)>;

/// Calls `visit` for each directive in the order httpd would meet them. Paths that are not absolute lie below
/// ServerRoot; until a ServerRoot was read that is the folder of `path`. Modules count as loaded:
/// `<IfModule !name>` is passed over. `<IfDefine>` knows what `Define` set; variables that neither Define nor
/// the environment know stay as they are.
/// Errors: UsageError for a file that cannot be read, an Include that matches nothing, and includes nested
/// deeper than 20.
void read_httpd_config(const std::string& path, const DirectiveVisitor& visit);

/// The words of a line: blanks part them, single and double quotes keep them together, `\` before the quote
/// or before itself takes the next character as it is.
std::vector<std::string> split_arguments(std::string_view line);

}  // namespace groupwarectl
