// gumbo has no limits of its own and frees its trees recursively. All its memory comes from an arena that is
// thrown away as a whole, and that leaves the parser by longjmp when its budget is spent: gumbo is C and owns
// nothing else.
#include "mail/html/tree.hpp"

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <ctime>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.hpp"

namespace gw::mail::html {
namespace {

// Blocks grow: most mails are small, and fresh pages are dear.
constexpr std::size_t kFirstBlock = std::size_t{16} << 10U, kLargestBlock = std::size_t{256} << 10U;
constexpr std::size_t kAlignment = 16;
constexpr std::size_t kBudgetFloor = std::size_t{8} << 20U, kBudgetPerByte = 96;
constexpr std::int64_t kNanosecondsMost = 2'000'000'000;
/// Allocations between two looks at the clock.
constexpr unsigned kClockPeriod = 256;

std::int64_t cpu_nanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// Where a self-closing tag's end is looked for.
constexpr std::size_t kTagMost = 1'024;

/// Length of the name when `text` begins with a tag's name that leads out of HTML, else 0.
std::size_t foreign_name(std::string_view text) {
  for (const std::string_view name : {"svg", "math"}) {
    if (!equal_ignoring_ascii_case(text.substr(0, name.size()), name)) continue;
    const std::size_t size = name.size();
    if (text.size() == size || std::string_view(" \t\r\n\f/>").find(text[size]) != std::string_view::npos)
      return size;
  }
  return 0;
}

/// gumbo takes elements of MathML and SVG for those of HTML with the same name, and then ends the process
/// with an assertion (`<table><math><select><mi><select></table>`). What is in them is dropped anyway, so
/// they become elements without rules of their own, which are dropped, too.
std::string without_foreign_content(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find('<'), text.size());
    const bool is_end = text.substr(begin).starts_with("</");
    const std::size_t name = std::min(begin + (is_end ? 2 : 1), text.size());
    const std::size_t length = foreign_name(text.substr(name));
    plain += text.substr(0, name);
    text.remove_prefix(name);
    if (length == 0) continue;
    const std::size_t close = text.substr(0, kTagMost).find('>');
    const bool is_empty = !is_end && close != std::string_view::npos && text[close - 1] == '/';
    plain += is_empty ? "canvas></canvas" : "canvas";
    text.remove_prefix(length);
  }
  return plain;
}

}  // namespace

struct Tree::Arena {
  std::string text;
  GumboOutput* output = nullptr;
  void** last_block = nullptr;  ///< each block begins with the address of the one before
  char* free_begin = nullptr;
  std::size_t free_size = 0, next_block = kFirstBlock, budget = 0;
  std::int64_t deadline = 0;
  unsigned until_clock = kClockPeriod;
  std::jmp_buf give_up{};

  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    while (last_block != nullptr) {
      void** before = static_cast<void**>(*last_block);
      std::free(last_block);
      last_block = before;
    }
  }

  /// Called by gumbo only. Has no objects to destroy, so that leaving by longjmp is well defined.
  void* take(std::size_t size) noexcept {
    size = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (--until_clock == 0) {
      until_clock = kClockPeriod;
      if (cpu_nanoseconds() > deadline) std::longjmp(give_up, 1);
    }
    if (size > free_size) {
      const std::size_t block = size + kAlignment > next_block ? size + kAlignment : next_block;
      next_block = next_block * 2 > kLargestBlock ? kLargestBlock : next_block * 2;
      if (block > budget) std::longjmp(give_up, 1);
      budget -= block;
      auto* fresh = static_cast<void**>(std::malloc(block));
      if (fresh == nullptr) std::longjmp(give_up, 1);
      *fresh = static_cast<void*>(last_block);
      last_block = fresh;
      free_begin = reinterpret_cast<char*>(fresh) + kAlignment;
      free_size = block - kAlignment;
    }
    char* const given = free_begin;
    free_begin += size;
    free_size -= size;
    return given;
  }

  static void* allocate(void* arena, std::size_t size) { return static_cast<Arena*>(arena)->take(size); }
  static void release(void* /*arena*/, void* /*memory*/) {}

  /// False: the budget was spent. No object with a destructor may live in this function.
  bool run(const GumboOptions& options) noexcept {
    if (setjmp(give_up) != 0) return false;
    output = gumbo_parse_with_options(&options, text.data(), text.size());
    return output != nullptr;
  }
};

Tree::Tree(std::unique_ptr<Arena> arena) : arena_(std::move(arena)) {}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;
const GumboNode* Tree::root() const { return arena_->output->root; }

std::optional<Tree> Tree::parse(std::string_view utf8) {
  if (utf8.size() > kMaxInput) return std::nullopt;
  auto arena = std::make_unique<Arena>();
  std::string text;
  text.reserve(utf8.size());
  for (const char c : utf8)
    if (c != '\0') text += c;
  arena->text = without_foreign_content(text);
  arena->budget = kBudgetFloor + utf8.size() * kBudgetPerByte;
  arena->deadline = cpu_nanoseconds() + kNanosecondsMost;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Arena::allocate;
  options.deallocator = &Arena::release;
  options.userdata = arena.get();
  options.max_errors = 0;
  if (!arena->run(options)) return std::nullopt;
  return Tree(std::move(arena));
}

std::string tag_name(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  if (piece.data == nullptr) return {};
  gumbo_tag_from_original_text(&piece);
  return to_lower_ascii(std::string_view(piece.data, piece.length));
}

std::string_view attribute_value(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_element(const GumboNode* node, GumboTag tag) {
  return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag &&
         node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
}

const GumboNode* find_body(const Tree& tree) {
  const GumboVector& children = tree.root()->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (is_element(child, GUMBO_TAG_BODY)) return child;
  }
  return nullptr;
}

}  // namespace gw::mail::html
