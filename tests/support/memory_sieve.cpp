#include "support/memory_sieve.hpp"

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::test {
namespace {

/// The strings of a command; a literal at the end of its line is read on.
std::vector<std::string> sieve_words(ScriptedPeer& peer, std::string line) {
  std::vector<std::string> words;
  std::size_t at = line.find(' ');
  while (at != line.npos && at + 1 < line.size()) {
    std::string word;
    if (line[++at] == '"') {
      for (++at; at < line.size() && line[at] != '"'; ++at) word += line[at] == '\\' ? line[++at] : line[at];
      at = at + 1 < line.size() ? at + 1 : line.npos;
    } else if (line[at] == '{') {
      const auto size = parse_integer(line.substr(at + 1, line.find('+', at) - at - 1)).value_or(0);
      word = peer.bytes(static_cast<std::size_t>(size));
      line = peer.line();
      at = line.empty() ? line.npos : 0;
    } else {
      break;
    }
    words.push_back(word);
  }
  return words;
}

std::string literal(const std::string& text) { return "{" + std::to_string(text.size()) + "}\r\n" + text; }

}  // namespace

void MemorySieve::greet(ScriptedPeer& peer) const {
  peer.send("\"IMPLEMENTATION\" \"memory\"\r\n\"SASL\" \"PLAIN\"\r\n\"VERSION\" \"1.0\"\r\n" + capabilities +
            "OK\r\n");
}

bool MemorySieve::sign_in(ScriptedPeer& peer, const std::string& line) {
  const auto words = sieve_words(peer, line);
  const std::string secret = words.size() > 1 ? from_base64(words[1]).value_or("") : "";
  const auto parts = split(secret, '\0');
  if (parts.size() != 3 || parts[2] != "secret") {
    peer.send("NO \"who are you?\"\r\n");
    return false;
  }
  logins.push_back(std::string(parts[0]) + "/" + std::string(parts[1]));
  peer.send("OK\r\n");
  return true;
}

void MemorySieve::serve(ScriptedPeer& peer) {
  greet(peer);
  for (std::string line = peer.line(); !line.empty() && line != "LOGOUT"; line = peer.line()) {
    const std::string verb = line.substr(0, line.find(' '));
    if (verb == cut_at.load()) return peer.reset();
    if (verb == "AUTHENTICATE") {
      if (!sign_in(peer, line)) return;
    } else if (verb == "CAPABILITY") {
      greet(peer);
    } else {
      answer(peer, verb, sieve_words(peer, line));
    }
  }
}

void MemorySieve::answer(ScriptedPeer& peer, const std::string& verb, const std::vector<std::string>& words) {
  const std::string name = words.empty() ? "" : words[0];
  std::string text;
  if (verb == "LISTSCRIPTS") {
    for (const auto& [each, script] : scripts)
      text += literal(each) + (each == active ? " ACTIVE\r\n" : "\r\n");
  } else if (verb == "PUTSCRIPT" && refusal.empty()) {
    scripts[name] = words.at(1);
    ++changes;
  } else if (verb == "PUTSCRIPT") {
    return peer.send(refusal + "\r\n");
  } else if (!name.empty() && !scripts.contains(name)) {
    return peer.send("NO (NONEXISTENT) \"no such script\"\r\n");
  } else if (verb == "GETSCRIPT") {
    text = literal(scripts[name]) + "\r\n";
  } else if (verb == "SETACTIVE") {
    active = name;
  } else if (verb == "DELETESCRIPT" && name != active) {
    scripts.erase(name);
  } else {
    return peer.send("NO \"not now\"\r\n");
  }
  peer.send(text + "OK\r\n");
}

}  // namespace gw::test
