// MessageStorage of an IMAP server. Source: spec mal section 6, mail sections 4 to 7.
#pragma once

#include "mail/imap/session.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

class ImapMessages final : public MessageStorage {
 public:
  explicit ImapMessages(Session& session) : session_(session) {}

  Page search(std::string_view folder, const Query& query, const FetchSet& fetch) override;
  std::vector<std::optional<Message>> get(std::string_view folder, std::span<const Uid> uids,
                                          const FetchSet& fetch) override;
  std::vector<Conversation> conversations(std::string_view folder, const ConversationQuery& query,
                                          const FetchSet& fetch, std::size_t& total) override;
  std::optional<std::pair<std::string, Uid>> find_by_message_id(std::string_view folder, std::string_view id,
                                                                bool elsewhere) override;

  bool read_raw(std::string_view folder, Uid uid, const ByteSink& sink) override;
  std::optional<std::string> read_headers(std::string_view folder, Uid uid) override;
  bool read_part(std::string_view folder, Uid uid, const Part& part, const ByteSink& sink) override;
  std::vector<std::string> read_texts(std::string_view folder, Uid uid, std::span<const Part> parts,
                                      std::int64_t most) override;

  std::vector<std::optional<Uid>> append(std::string_view folder, std::span<Deposit> messages) override;
  std::vector<std::optional<Uid>> copy(std::string_view from, std::string_view to,
                                       std::span<const Uid> uids) override;
  std::vector<std::optional<Uid>> move(std::string_view from, std::string_view to,
                                       std::span<const Uid> uids) override;
  void remove(std::string_view folder, std::span<const Uid> uids) override;

  void change_flags(std::string_view folder, std::optional<std::span<const Uid>> uids, FlagSet flags,
                    const std::vector<std::string>& keywords, bool set) override;
  bool keeps_keywords(std::string_view folder) override;
  void set_color(std::string_view folder, std::optional<std::span<const Uid>> uids, int color) override;
  std::vector<FilterOutcome> filter(std::string_view folder, std::string_view script) override;

 private:
  /// Colour keywords that mails of the mailbox have, without that of one colour.
  std::vector<std::string> known_colors(const std::string& name, int but);

  Session& session_;
};

}  // namespace gw::mail::imap
