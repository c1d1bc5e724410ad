#include "mail/smtp/transcript.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mail::smtp {
namespace {

constexpr std::size_t kMaxText = 1'000, kMaxOffers = 100;

struct Verb {
  std::string_view begin;
  Step step;
};
constexpr Verb kVerbs[] = {
    {"EHLO", Step::Hello},   {"HELO", Step::Hello},        {"STARTTLS", Step::StartTls},
    {"AUTH ", Step::SignIn}, {"MAIL FROM:", Step::Sender}, {"RCPT TO:", Step::Recipient},
    {"DATA", Step::Data},    {"NOOP", Step::Other},
};

}  // namespace

void Transcript::note_command(std::string_view line) {
  // curl says goodbye after the outcome is known, and a server's goodbye is none.
  if (equal_ignoring_ascii_case(trim(line), "QUIT")) {
    is_over_ = true;
    return;
  }
  const auto verb = std::find_if(std::begin(kVerbs), std::end(kVerbs), [&](const Verb& each) {
    return equal_ignoring_ascii_case(line.substr(0, each.begin.size()), each.begin);
  });
  if (verb == std::end(kVerbs)) return;  // lines of a sign-in
  step_ = verb->step;
  if (step_ == Step::SignIn) has_signed_in_ = true;
  if (step_ == Step::Hello) offers_.clear();
  answer_ = growing_ = {};
}

void Transcript::note_answer(std::string_view line) {
  if (is_over_) return;
  line = trim_right(line);
  const bool has_code = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3,
                                                        [](char c) { return c >= '0' && c <= '9'; });
  if (!has_code) return;
  growing_.code = static_cast<int>(parse_integer(line.substr(0, 3)).value_or(0));
  const std::string_view text = line.size() > 4 ? line.substr(4) : std::string_view();
  if (step_ == Step::Hello && growing_.code == 250 && offers_.size() < kMaxOffers)
    offers_.push_back(to_lower_ascii(trim(text)));
  if (!growing_.text.empty()) growing_.text += ' ';
  growing_.text += text.substr(0, kMaxText - std::min(kMaxText, growing_.text.size()));
  if (line.size() == 3 || line[3] != '-') finish_answer();
}

void Transcript::finish_answer() {
  if (!is_valid_utf8(growing_.text)) growing_.text = replace_invalid_utf8(growing_.text);
  answer_ = std::move(growing_);
  growing_ = {};
  if (step_ == Step::Recipient) recipients_.push_back(answer_);
  if (step_ == Step::StartTls && answer_.code == 220) has_started_tls_ = true;
  if (step_ == Step::Data && answer_.code == 354) {
    step_ = Step::Content;
    answer_ = {};
  }
}

bool Transcript::offers(std::string_view keyword) const {
  return std::any_of(offers_.begin(), offers_.end(), [&](const std::string& offer) {
    return offer == keyword || (offer.starts_with(keyword) && offer[keyword.size()] == ' ');
  });
}

std::int64_t Transcript::size_limit() const {
  for (const std::string& offer : offers_)
    if (offer.starts_with("size "))
      return std::max<std::int64_t>(0, parse_integer(offer.substr(5)).value_or(0));
  return 0;
}

}  // namespace gw::mail::smtp
