#include "mail/imap/inbox_watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "mail/imap/command.hpp"
#include "mail/imap/fetch_data.hpp"
#include "mail/mime/headers.hpp"
#include "mail/net/sasl.hpp"
#include "mail/net/stream.hpp"

namespace gw::mail::imap {
namespace {

/// Of a login.
constexpr int kMostChallenges = 4;

/// What goes to the log of a server's text: one line, not endless.
std::string one_line(std::string_view text) {
  std::string clean = replace_invalid_utf8(first_characters(text, 200));
  std::replace_if(
      clean.begin(), clean.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return clean;
}

std::string describe_answer(const Response& answer) {
  return answer.code.empty() ? one_line(answer.text)
                             : fmt::format("[{}] {}", one_line(answer.code), one_line(answer.text));
}

/// A refusal that says nothing about the login itself.
bool is_passing(const Response& refusal) {
  constexpr std::string_view kPassing[] = {"UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT"};
  return std::find(std::begin(kPassing), std::end(kPassing), refusal.code) != std::end(kPassing);
}

}  // namespace

InboxWatch::InboxWatch(const Server& server, Position seen)
    : server_(server), reader_(kLongestResponse), seen_(seen) {}

std::string InboxWatch::take_output() { return std::exchange(out_, {}); }

std::vector<News> InboxWatch::take_news() { return std::exchange(news_, {}); }

void InboxWatch::stop(End end, std::string reason) {
  if (end_) return;
  end_ = end;
  reason_ = std::move(reason);
  net::wipe(out_);
}

void InboxWatch::command(State state, std::string_view text) {
  tag_ = fmt::format("W{}", ++tags_);
  state_ = state;
  // Piece by piece: the text may be a secret, of which no copy is to stay.
  out_.reserve(out_.size() + tag_.size() + text.size() + 1'024);
  out_.append(tag_).append(" ").append(text).append("\r\n");
}

void InboxWatch::feed(std::string_view bytes) {
  if (end_ || wants_tls_) return;
  try {
    reader_.feed(bytes);
    while (!end_ && !wants_tls_) {
      const auto text = reader_.next();
      if (!text) return;
      take(parse_response(*text));
    }
  } catch (const BadResponse& bad) {
    // An answer that cannot be read would be asked for again by the next connection, and again.
    if (state_ == State::Fetching) seen_ = opened_at_ = {};
    stop(End::Broken, bad.what());
  }
}

void InboxWatch::take(const Response& response) {
  if (state_ == State::Greeting) return greet(response);
  if (response.kind == Response::Kind::Tagged && response.tag == tag_) {
    note(response);
    return answered(response);
  }
  if (response.word == "BYE") return stop(End::Broken, describe_answer(response));
  if (response.kind == Response::Kind::Continue) {
    if (state_ == State::GoingIdle) state_ = State::Idle;
    if (state_ == State::SigningIn) continue_sign_in();
  } else {
    note(response);
  }
  if (state_ == State::Idle && exists_ > looked_at_) leave_idle();
}

void InboxWatch::greet(const Response& greeting) {
  const bool is_greeting = greeting.kind == Response::Kind::Untagged && greeting.is_status();
  if (!is_greeting || !greeting.is_ok())
    return stop(End::Broken, is_greeting ? describe_answer(greeting) : "its greeting is none of IMAP");
  is_signed_in_ = greeting.word == "PREAUTH";
  note(greeting);
  if (capabilities_.empty()) return command(State::Capabilities, "CAPABILITY");
  proceed();
}

void InboxWatch::note(const Response& response) {
  if (response.is_status()) return note_code(response);
  if (response.word == "CAPABILITY") capabilities_ = CapabilityList(response.text);
  if (response.word == "FETCH" && state_ == State::Fetching) note_fetched(response);
  if (response.word == "EXISTS") {
    exists_ = response.number;
    if (state_ == State::Opening) looked_at_ = exists_;
    looked_at_ = std::min(looked_at_, exists_);
  }
  if (response.word == "EXPUNGE" && exists_ > 0) {
    --exists_;
    if (response.number <= looked_at_ && looked_at_ > 0) --looked_at_;
  }
}

void InboxWatch::note_code(const Response& response) {
  if (response.code == "CAPABILITY") capabilities_ = CapabilityList(response.arguments);
  if (state_ != State::Opening) return;
  const auto number = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(parse_number(response.arguments).value_or(0), UINT32_MAX));
  if (response.code == "UIDVALIDITY") opened_at_.uid_validity = number;
  if (response.code == "UIDNEXT") opened_at_.uid_next = number;
}

/// A server may tell of changed flags at any time: such a FETCH has no header lines.
void InboxWatch::note_fetched(const Response& response) {
  const FetchData data = parse_fetch(response.number, response.text);
  const auto is_header = [](const auto& section) { return section.first.starts_with("BODY[HEADER"); };
  const bool is_asked = std::any_of(data.sections.begin(), data.sections.end(), is_header);
  if (!is_asked || data.message.uid == 0 || data.message.uid < seen_.uid_next) return;
  opened_at_.uid_next =
      std::max(opened_at_.uid_next, data.message.uid == UINT32_MAX ? UINT32_MAX : data.message.uid + 1);
  const FlagSet flags = data.message.flags.flags;
  // Who files a read mail or a draft here knows of it.
  if (flags.has(Flag::Seen) || flags.has(Flag::Deleted) || flags.has(Flag::Draft)) return;
  if (news_.size() >= kMostAtOnce) return;
  News& news = news_.emplace_back();
  news.uid_validity = opened_at_.uid_validity;
  news.uid = data.message.uid;
  news.from = mime::find_value(data.message.headers, "From").value_or("");
  news.subject = mime::find_value(data.message.headers, "Subject").value_or("");
  news.teaser = data.message.preview.value_or("");
}

void InboxWatch::answered(const Response& response) {
  switch (state_) {
    case State::Capabilities:
      return response.is_ok() ? proceed() : stop(End::Broken, describe_answer(response));
    case State::StartingTls:
      if (!response.is_ok()) return go_on_without_tls(response);
      wants_tls_ = true;
      return;
    case State::SigningIn:
      return signed_in(response);
    case State::Opening:
      return response.is_ok() ? opened() : stop(End::Broken, describe_answer(response));
    case State::GoingIdle:
      // An IDLE that is over before it began is none.
      return stop(response.is_ok() ? End::Broken : End::Unable, describe_answer(response));
    case State::Idle:
    case State::Leaving:
      return exists_ > looked_at_ ? fetch(exists_ - looked_at_) : go_idle();
    case State::Fetching:
      return fetched();
    case State::Greeting:
      return;
  }
}

void InboxWatch::go_on_without_tls(const Response& refusal) {
  if (server_.encryption == Encryption::StartTls) return stop(End::Unable, describe_answer(refusal));
  gave_up_tls_ = true;
  proceed();
}

/// What was said in plain text may have been said by anybody.
void InboxWatch::tls_started() {
  wants_tls_ = false;
  is_encrypted_ = true;
  reader_.clear();
  capabilities_ = {};
  command(State::Capabilities, "CAPABILITY");
}

void InboxWatch::proceed() {
  const bool is_required = server_.encryption == Encryption::StartTls;
  const bool wants_encryption = is_required || server_.encryption == Encryption::Prefer;
  if (wants_encryption && !is_encrypted_ && !gave_up_tls_) {
    if (capabilities_.has("STARTTLS") && !is_signed_in_) return command(State::StartingTls, "STARTTLS");
    if (is_required) return stop(End::Unable, "it offers no encryption");
  }
  if (!is_signed_in_) return sign_in();
  if (!capabilities_.has("IDLE")) return stop(End::Unable, "it has no IDLE");
  opened_at_ = {};
  exists_ = looked_at_ = 0;
  command(State::Opening, "EXAMINE INBOX");
}

void InboxWatch::sign_in() {
  const std::string mechanism(sasl_name(server_.mechanism));
  const bool is_password = server_.mechanism == Mechanism::Password;
  if (!mechanism.empty() && capabilities_.has("AUTH=" + mechanism)) {
    is_secret_sent_ = capabilities_.has("SASL-IR");
    command(State::SigningIn, "AUTHENTICATE " + mechanism);
    if (!is_secret_sent_) return;
    std::string plain = sasl_initial_response(server_), encoded = to_base64(plain);
    out_.insert(out_.size() - 2, " ").insert(out_.size() - 2, encoded);
    net::wipe(plain);
    net::wipe(encoded);
    return;
  }
  const std::string login = quote(server_.login);
  std::string secret = quote(server_.secret);
  const bool may_login = is_password && server_.authorize_as.empty() && !capabilities_.has("LOGINDISABLED");
  // LOGIN alone cannot say what is no ASCII without literals; a server that has not even PLAIN is none of
  // today's.
  std::string words = fmt::format("LOGIN {} {}", login, secret);
  if (!may_login || login.empty() || secret.empty())
    stop(End::Unable, "it has no way to sign in with what there is");
  else
    command(State::SigningIn, words);
  net::wipe(words);
  net::wipe(secret);
}

void InboxWatch::continue_sign_in() {
  if (++challenges_ > kMostChallenges) return stop(End::Unable, "the login has too many steps");
  // A challenge after the secret is the report of an error; the answer lets the server say NO.
  std::string plain =
      is_secret_sent_ ? std::string(sasl_error_answer(server_.mechanism)) : sasl_initial_response(server_);
  std::string encoded = to_base64(plain);
  out_ += encoded;
  out_ += "\r\n";
  is_secret_sent_ = true;
  net::wipe(plain);
  net::wipe(encoded);
}

void InboxWatch::signed_in(const Response& answer) {
  if (!answer.is_ok()) {
    const End end = answer.word == "BAD" ? End::Unable : is_passing(answer) ? End::Broken : End::Refused;
    return stop(end, describe_answer(answer));
  }
  is_signed_in_ = true;
  // What was announced before the login need not hold behind it.
  if (answer.code == "CAPABILITY") return proceed();
  command(State::Capabilities, "CAPABILITY");
}

void InboxWatch::opened() {
  if (opened_at_.uid_validity == 0 || opened_at_.uid_next == 0)
    return stop(End::Unable, "it tells neither UIDVALIDITY nor UIDNEXT");
  const bool is_known = seen_.uid_next != 0 && seen_.uid_validity == opened_at_.uid_validity;
  const std::uint32_t missed =
      is_known && opened_at_.uid_next > seen_.uid_next ? opened_at_.uid_next - seen_.uid_next : 0;
  if (!is_known) seen_ = opened_at_;
  missed > 0 && exists_ > 0 ? fetch(missed) : go_idle();
}

void InboxWatch::go_idle() {
  seen_ = {opened_at_.uid_validity, std::max(seen_.uid_next, opened_at_.uid_next)};
  if (exists_ > looked_at_) return fetch(exists_ - looked_at_);
  command(State::GoingIdle, "IDLE");
}

void InboxWatch::leave_idle() {
  state_ = State::Leaving;
  out_ += "DONE\r\n";
}

void InboxWatch::renew() {
  if (state_ == State::Idle) leave_idle();
}

void InboxWatch::fetch(std::uint32_t count) {
  const std::uint32_t first = exists_ - std::min({count, kMostAtOnce, exists_}) + 1;
  looked_at_ = exists_;
  command(State::Fetching,
          fmt::format("FETCH {}:{} (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.{}>{})", first,
                      exists_, kLongestHeaders, capabilities_.has("PREVIEW") ? " PREVIEW" : ""));
}

/// A refusal means that the mail is gone again.
void InboxWatch::fetched() { go_idle(); }

}  // namespace gw::mail::imap
