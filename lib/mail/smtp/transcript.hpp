// What was said on an SMTP connection, as far as the outcome of a sending depends on it: curl tells only the
// last number. Fed by curl's debug callback; keeps no secret and no text of a mail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::smtp {

enum class Step { Greeting, Hello, StartTls, SignIn, Sender, Recipient, Data, Content, Other };

struct Answer {
  int code = 0;
  std::string text;  ///< lines joined by blanks, at most 1,000 bytes
  [[nodiscard]] bool is_refusal() const { return code >= 400; }
};

class Transcript {
 public:
  /// A line that the client sends.
  void note_command(std::string_view line);
  /// A line of an answer.
  void note_answer(std::string_view line);
  /// Bytes of the content went out.
  void note_content(std::size_t bytes) { sent_ += bytes; }
  /// The content was read to its end, `bytes` in all.
  void note_end_of_content(std::uint64_t bytes) { total_ = bytes; }

  [[nodiscard]] Step step() const { return step_; }
  /// The last whole answer to the present step; code 0: none came.
  [[nodiscard]] const Answer& answer() const { return answer_; }
  /// The answers to RCPT in the order of the recipients.
  [[nodiscard]] const std::vector<Answer>& recipients() const { return recipients_; }
  [[nodiscard]] bool has_signed_in() const { return has_signed_in_; }
  [[nodiscard]] bool has_started_tls() const { return has_started_tls_; }
  /// Everything went out: the final dot may be on its way.
  [[nodiscard]] bool is_content_over() const { return sent_ >= total_; }
  /// Of the last EHLO.
  [[nodiscard]] bool offers(std::string_view keyword) const;
  /// Of its SIZE line; 0: no limit was told.
  [[nodiscard]] std::int64_t size_limit() const;

 private:
  void finish_answer();
  Step step_ = Step::Greeting;
  Answer answer_, growing_;
  std::vector<Answer> recipients_;
  std::vector<std::string> offers_;
  std::uint64_t sent_ = 0, total_ = UINT64_MAX;
  bool has_signed_in_ = false, has_started_tls_ = false, is_over_ = false;
};

}  // namespace gw::mail::smtp
