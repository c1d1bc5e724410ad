// Snippets as clients write and read them: HTML is cleaned both ways, and its images are attachments.
#pragma once

#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "model/snippets/snippet_service.hpp"

namespace gw::ajax {

/// The object of the API; images of the content have addresses of this server.
Json write_snippet(const Invocation& invocation, const model::snippets::Snippet& snippet);

/// What a client sent for a new or a known snippet.
class SnippetInput {
 public:
  /// `known`: as it is stored; a new one is empty. Takes images of the content that lie on this server for a
  /// few minutes only, or in the text itself, into `files`. Errors: SVL-0028 no object, SVL-0010 a wrong kind
  /// of value, SNIPPET-0010, MSG-0102 the HTML is over the limits of the parser; those of the file store.
  SnippetInput(Invocation& invocation, const Json& sent, const model::snippets::Snippet& known);
  /// Takes over the members that were sent, and takes out images that the new content shows no more.
  void apply(model::snippets::Snippet& snippet) const;
  std::vector<model::snippets::NewAttachment> files;

 private:
  void read_content(Invocation& invocation, const model::snippets::Snippet& known);
  Json sent_;
  std::optional<std::string> content_;
  std::vector<std::string> shown_;  ///< Content-IDs
};

/// Whether a content is HTML: what `misc` says, else what it looks like.
bool is_html_content(std::string_view content, const Json& misc);

}  // namespace gw::ajax
