// groupwarectl backup, restore, verify-backup.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <system_error>

#include "archive/backup.hpp"
#include "archive/mail_copy.hpp"
#include "archive/restore.hpp"
#include "archive/verify.hpp"
#include "groupwarectl/commands.hpp"
#include "groupwarectl/config_file.hpp"
#include "groupwarectl/exit_code.hpp"
#include "groupwarectl/store_account.hpp"
#include "mailbox/providers.hpp"

namespace groupwarectl {
namespace {

namespace archive = gw::archive;

constexpr std::string_view kStandardStream = "-";

struct BackupOptions {
  ContextChoice context;
  std::string login;
  std::optional<std::int64_t> id;
  std::string output;
  std::string compression = "zstd";
  bool mail = false;
};

struct RestoreOptions {
  std::string input;
  std::optional<std::int64_t> as_context;
  std::string as_name;
  bool mail = false;
};

struct VerifyOptions {
  std::string input;
};

[[noreturn]] void fail_with_errno(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

void write_all(int descriptor, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail_with_errno("writing " + name);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// The file gets its name when it is whole and on the disk, and nobody but its owner can read it.
class NewFile {
 public:
  explicit NewFile(std::string path)
      : path_(std::move(path)), part_(path_ + ".part"), file_(open_part(part_)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!is_kept_) ::unlink(part_.c_str());
  }
  void write(std::string_view bytes) { write_all(file_.number(), bytes, part_); }
  void keep() {
    if (::fsync(file_.number()) != 0 || ::rename(part_.c_str(), path_.c_str()) != 0)
      fail_with_errno("writing " + path_);
    is_kept_ = true;
  }

 private:
  static int open_part(const std::string& path) {
    ::unlink(path.c_str());
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) fail_with_errno("making " + path);
    return file;
  }
  std::string path_, part_;
  Descriptor file_;
  bool is_kept_ = false;
};

/// A file that can be read several times: what comes over a pipe goes into one without a name.
int open_input(const std::string& path) {
  if (path != kStandardStream) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail_with_errno("opening " + path);
    return file;
  }
  const char* chosen = std::getenv("TMPDIR");
  std::string name =
      std::string(chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen) + "/gw-archive-XXXXXX";
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) fail_with_errno("making a file for the archive");
  ::unlink(name.c_str());
  char buffer[65'536];
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_with_errno("reading the archive");
    if (count == 0) return file;
    write_all(file, {buffer, static_cast<std::size_t>(count)}, name);
  }
}

archive::Compression parse_compression(const std::string& word) {
  if (word == "none") return archive::Compression::None;
  return word == "gzip" ? archive::Compression::Gzip : archive::Compression::Zstd;
}

/// The mailboxes of users, opened by the master user of the configuration.
class ConfiguredMailboxes {
 public:
  explicit ConfiguredMailboxes(Tool& tool)
      : base_(tool.environment()),
        settings_(with_mailboxes(tool)),
        registry_(gw::mailbox::make_registry(settings_, 0)),
        environment_(gw::model::with_settings(base_, settings_)) {}

  gw::model::Environment& environment() { return environment_; }
  [[nodiscard]] const gw::mail::Registry& registry() const { return registry_; }

 private:
  static gw::Settings with_mailboxes(Tool& tool) {
    if (tool.config_file.empty())
      throw UsageError("--mail needs --config: GroupwareMailServer and GroupwareMailMaster stand there");
    gw::Settings settings = tool.settings();
    read_mailbox_config(tool.config_file, settings);
    if (!settings.mail.is_configured() || settings.mail.master.empty())
      throw UsageError("--mail needs the lines GroupwareMailServer and GroupwareMailMaster in " +
                       tool.config_file + ": only a master user opens the mailboxes of others");
    return settings;
  }

  gw::model::Environment& base_;
  const gw::Settings settings_;
  const gw::mail::Registry registry_;
  gw::model::Environment environment_;
};

gw::Json manifest_json(const archive::Manifest& manifest) {
  gw::Json answer = gw::Json::object();
  answer.set("context", gw::Json::integer(manifest.context.value));
  answer.set("context_name", gw::Json::string(manifest.context_name));
  if (manifest.user) {
    answer.set("user", gw::Json::integer(manifest.user->value));
    answer.set("login", gw::Json::string(manifest.login));
  }
  return answer;
}

/// The report goes to stderr when the archive goes to stdout.
void print_report(const Tool& tool, const gw::Json& answer, bool to_stderr) {
  if (to_stderr)
    std::cerr << answer.dump() << '\n';
  else
    tool.print(answer);
}

int backup(Tool& tool, const BackupOptions& options) {
  const auto work = tool.work_for(options.context);
  archive::BackupRequest request;
  request.context = work->context();
  request.compression = parse_compression(options.compression);
  if (!options.login.empty() || options.id)
    request.user = tool.load_user(*work, {options.login, options.id}).id;
  work->release();
  std::unique_ptr<ConfiguredMailboxes> mailboxes;
  if (options.mail) {
    mailboxes = std::make_unique<ConfiguredMailboxes>(tool);
    request.mails = [&](archive::TarWriter& into, gw::UserId user) {
      return archive::write_mails(mailboxes->environment(), mailboxes->registry(), request.context, user,
                                  into);
    };
  }
  const bool is_stream = options.output == kStandardStream;
  archive::BackupReport report;
  if (is_stream) {
    report = archive::write_backup(tool.environment(), request, [](std::string_view bytes) {
      write_all(STDOUT_FILENO, bytes, "the archive");
    });
  } else {
    NewFile file(options.output);
    report = archive::write_backup(tool.environment(), request,
                                   [&](std::string_view bytes) { file.write(bytes); });
    file.keep();
  }
  gw::Json answer = gw::Json::object();
  answer.set("rows", gw::Json::integer(report.rows));
  answer.set("files", gw::Json::integer(report.files));
  answer.set("bytes", gw::Json::integer(report.bytes));
  answer.set("mails", gw::Json::integer(report.mails));
  gw::Json missing = gw::Json::array();
  for (const std::string& text : report.missing) missing.append(gw::Json::string(text));
  answer.set("missing", std::move(missing));
  print_report(tool, answer, is_stream);
  if (!report.missing.empty())
    throw std::runtime_error(
        "the backup is written, but not everything is in it: see \"missing\", and "
        "groupwarectl check --files tells which");
  return kOk;
}

int restore(Tool& tool, const RestoreOptions& options) {
  tool.require_schema();
  require_store_account(tool.environment().files);
  const Descriptor input(open_input(options.input));
  archive::RestoreRequest request;
  if (options.as_context) request.as_context = gw::ContextId(*options.as_context);
  if (!options.as_name.empty()) request.as_name = options.as_name;
  std::unique_ptr<ConfiguredMailboxes> mailboxes;
  if (options.mail) {
    mailboxes = std::make_unique<ConfiguredMailboxes>(tool);
    request.mails = [&](archive::TarReader& from, gw::ContextId context) {
      return archive::read_mails(mailboxes->environment(), mailboxes->registry(), context, from);
    };
  }
  const archive::RestoreReport report = archive::restore(tool.environment(), input.number(), request);
  gw::Json answer = manifest_json(report.manifest);
  answer.set("context", gw::Json::integer(report.context.value));
  answer.set("rows", gw::Json::integer(report.rows));
  answer.set("passed_over", gw::Json::integer(report.passed_over));
  answer.set("files", gw::Json::integer(report.files));
  answer.set("bytes", gw::Json::integer(report.bytes));
  answer.set("mails", gw::Json::integer(report.mails));
  tool.print(answer);
  return kOk;
}

int verify_backup(Tool& tool, const VerifyOptions& options) {
  const Descriptor input(open_input(options.input));
  const archive::Verified verified = archive::verify_archive(input.number());
  gw::Json answer = manifest_json(verified.manifest);
  answer.set("created", gw::Json::string(gw::format_utc(verified.manifest.created)));
  answer.set("schema", gw::Json::integer(verified.manifest.schema));
  answer.set("mail", gw::Json::boolean(verified.manifest.has_mail));
  answer.set("entries", gw::Json::integer(verified.entries));
  answer.set("bytes", gw::Json::integer(verified.bytes));
  tool.print(answer);
  return kOk;
}

}  // namespace

void add_archive_commands(CommandLine line) {
  auto saved = std::make_shared<BackupOptions>();
  CLI::App* command = add_command(line, &line.app, "backup",
                                  "Write a user or a whole context into an archive", saved, backup);
  add_context_option(command, saved->context);
  auto* id = command->add_option("--id", saved->id, "Number of the user; default: the whole context");
  command->add_option("--user", saved->login, "Login of the user; default: the whole context")
      ->excludes(id)
      ->check(not_empty());
  command->add_option("--output,-o", saved->output, "File to write, or - for stdout")
      ->required()
      ->check(not_empty());
  command->add_option("--compress", saved->compression, "zstd (default), gzip or none")
      ->check(CLI::IsMember({"zstd", "gzip", "none"}));
  command->add_flag("--mail", saved->mail, "The mails, too, as the master user of --config");

  auto restored = std::make_shared<RestoreOptions>();
  command =
      add_command(line, &line.app, "restore", "Bring a backup back, wholly or not at all", restored, restore);
  command->add_option("file", restored->input, "The archive, or - for stdin")->required()->check(not_empty());
  command->add_option("--as-context", restored->as_context, "Another number for a whole context");
  command->add_option("--as-name", restored->as_name, "Another name for a whole context")->check(not_empty());
  command->add_flag("--mail", restored->mail, "The mails, too, as the master user of --config");

  auto verified = std::make_shared<VerifyOptions>();
  command = add_command(line, &line.app, "verify-backup", "Check every byte of an archive", verified,
                        verify_backup);
  command->add_option("file", verified->input, "The archive, or - for stdin")->required()->check(not_empty());
}

}  // namespace groupwarectl
