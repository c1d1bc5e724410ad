// A mail as the begin of another one: its text in the wanted form, its images as attachments of the space,
// its files. Source: spec mail-compose section 3.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ajax/compose/space_files.hpp"
#include "mail/mime/display.hpp"

namespace gw::ajax {

struct OriginalWish {
  std::string space;         ///< whose attachments the images become
  std::string content_type;  ///< asked for; empty: as the user reads mails and the original is written
  bool keeps_remote_images = false;
};

/// Threads: one.
class OriginalText {
 public:
  /// Errors: MSG-0067 when the mail is gone.
  OriginalText(Invocation& invocation, mailbox::Mailbox& mailbox, const mailbox::MailPath& path);
  /// Reads the text. Errors: those of the mail server.
  void read(const OriginalWish& wish);

  [[nodiscard]] const mail::Message& message() const { return message_; }
  [[nodiscard]] const mailbox::MailPath& path() const { return path_; }
  /// After `read`.
  [[nodiscard]] const std::string& content() const { return content_; }
  [[nodiscard]] const std::string& content_type() const { return content_type_; }
  /// The images that the text shows, after `read`: they must become attachments of the space.
  std::vector<NewAttachment> take_images();
  /// `only_files`: what the sender attached, without images of his text. What is among `known` sources is not
  /// taken again.
  std::vector<NewAttachment> take_files(bool only_files, const std::vector<std::string>& known = {});

 private:
  [[nodiscard]] std::string address_of(const mail::Part& part);

  Invocation& invocation_;
  mailbox::Mailbox& mailbox_;
  mailbox::MailPath path_;
  mail::Message message_;
  std::string space_, content_, content_type_;
  std::optional<mail::mime::Display> display_;
  std::map<std::string, std::string> images_;  ///< part id to attachment id
};

}  // namespace gw::ajax
