// Our section on the page of mod_status, for people (HTML) and for programs (?auto).
#pragma once

namespace oxpush {

/// Hooks into mod_status when it is loaded. Threads: parent.
void register_status_hook();

}  // namespace oxpush
