// Prints what our reader sees of mails, one JSON object a line, for corpus_test.py. Arguments: files.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "core/crypto.hpp"
#include "core/json.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/structure.hpp"

namespace {

using namespace gw;
using namespace gw::mail;

Json addresses(const AddressList& list) {
  Json out = Json::array();
  for (const Address& entry : list)
    out.append(
        Json::array().append(Json::string(entry.personal.value_or(""))).append(Json::string(entry.address)));
  return out;
}

struct Mail {
  std::string bytes;
  mime::Structure structure;
  [[nodiscard]] std::string read(const Part& part) const {
    std::string out;
    mime::read_part(mime::read_from(bytes), structure, part, [&](std::string_view piece) {
      out += piece;
      return true;
    });
    return out;
  }
};

void add_parts(const Mail& mail, const Part& part, Json& to) {
  Json row = Json::object();
  row.set("id", Json::string(part.id)).set("type", Json::string(part.media_type()));
  row.set("filename", part.filename ? Json::string(*part.filename) : Json::null());
  row.set("disposition", Json::string(part.disposition)).set("cid", Json::string(part.content_id));
  if (part.children.empty()) {
    const std::string bytes = mail.read(part);
    row.set("sha256", Json::string(to_hex(sha256(bytes))))
        .set("size", Json::integer(static_cast<std::int64_t>(bytes.size())));
    if (part.type == "text") row.set("text", Json::string(mime::to_utf8(bytes, part.charset)));
  }
  to.append(std::move(row));
  for (const Part& child : part.children) add_parts(mail, child, to);
}

Json views(const Mail& mail) {
  Json out = Json::object();
  for (const char* word : {"raw", "text", "textNoHtmlAttach", "html", "noimg", "document"}) {
    mime::DisplayOptions options;
    options.view = *mime::parse_view(word);
    options.is_embedded = true;
    const mime::Display display = mime::plan_display(
        mail.structure.root, options,
        [&](const Part& part, std::size_t most) { return mail.read(part).substr(0, most); });
    out.set(word, Json::string(display.elements.front().content.value_or("")));
  }
  return out;
}

Json describe(const char* path) {
  std::ifstream file(path, std::ios::binary);
  Mail mail;
  mail.bytes.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  mail.structure = mime::parse_structure(mail.bytes);
  Message message;
  mime::apply_headers(message, mail.structure.headers);
  Json out = Json::object(), parts = Json::array();
  add_parts(mail, mail.structure.root, parts);
  out.set("file", Json::string(path))
      .set("subject", message.subject ? Json::string(*message.subject) : Json::null());
  out.set("from", addresses(message.from)).set("to", addresses(message.to)).set("cc", addresses(message.cc));
  out.set("date", message.sent ? Json::integer(message.sent->value) : Json::null());
  out.set("message_id", Json::string(message.message_id)).set("parts", std::move(parts));
  return out.set("views", views(mail));
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) std::printf("%s\n", describe(argv[i]).dump().c_str());
  return 0;
}
