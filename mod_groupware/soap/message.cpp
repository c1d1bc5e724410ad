#include "soap/message.hpp"

#include <fmt/format.h>

#include "core/text.hpp"

namespace gw::soap {
namespace {

using provisioning::DataType;
using provisioning::Fault;
using provisioning::FaultKind;
using provisioning::Member;
using provisioning::Operation;
using provisioning::Parameter;
using provisioning::TypeSpace;
using provisioning::ValueKind;

[[noreturn]] void refuse(const std::string& text) { throw Fault(FaultKind::InvalidData, text); }

Json read_map(const XmlElement& element) {
  Json map = Json::object();
  for (const XmlElement& entry : element.children) {
    const XmlElement* key = entry.find("key");
    const XmlElement* value = entry.find("value");
    if (key == nullptr || key->text.empty()) continue;
    map.set(key->text, value == nullptr || value->is_nil ? Json::null() : Json::string(value->text));
  }
  return map;
}

Json read_map_of_maps(const XmlElement& element) {
  Json map = Json::object();
  for (const XmlElement& entry : element.children) {
    const XmlElement* key = entry.find("key");
    const XmlElement* value = entry.find("value");
    if (key != nullptr && !key->text.empty() && value != nullptr) map.set(key->text, read_map(*value));
  }
  return map;
}

Json read_struct(const DataType& type, const XmlElement& element);

Json read_value(const Member& member, const XmlElement& element) {
  if (element.is_nil) return Json::null();
  switch (member.kind) {
    case ValueKind::Struct: {
      const DataType* type = provisioning::find_type(member.type);
      return type == nullptr ? Json() : read_struct(*type, element);
    }
    case ValueKind::Int:
    case ValueKind::Long: {
      if (trim(element.text).empty()) return Json::null();
      const auto number = parse_integer(element.text);
      if (!number) refuse(fmt::format("{} is no number", member.name));
      return Json::integer(*number);
    }
    case ValueKind::Boolean: {
      const std::string_view word = trim(element.text);
      if (word.empty()) return Json::null();
      if (word != "true" && word != "false" && word != "1" && word != "0")
        refuse(fmt::format("{} is neither true nor false", member.name));
      return Json::boolean(word == "true" || word == "1");
    }
    case ValueKind::Map:
      return read_map(element);
    case ValueKind::MapMap:
      return read_map_of_maps(element);
    case ValueKind::String:
    case ValueKind::Date:
      break;
  }
  return Json::string(element.text);
}

/// Missing when there is no such child. A list of one empty value with `nil` is an empty list.
Json read_member(const Member& member, const XmlElement& parent) {
  if (!member.is_list) {
    const XmlElement* element = parent.find(member.name);
    return element == nullptr ? Json() : read_value(member, *element);
  }
  Json list;
  for (const XmlElement& child : parent.children) {
    if (child.name != member.name) continue;
    if (list.is_missing()) list = Json::array();
    if (!child.is_nil) list.append(read_value(member, child));
  }
  return list;
}

Json read_struct(const DataType& type, const XmlElement& element) {
  Json object = Json::object();
  for (const Member& member : type.members) {
    Json value = read_member(member, element);
    if (!value.is_missing()) object.set(member.name.data(), std::move(value));
  }
  return object;
}

void write_value(std::string& out, const Member& member, std::string_view prefix, const Json& value);

void write_entry(std::string& out, std::string_view key, std::string_view inner) {
  out += fmt::format("<d:entries><d:key>{}</d:key>{}</d:entries>", escape_xml(key), inner);
}

std::string write_map(const Json& map) {
  std::string out;
  map.for_each_member([&](std::string_view key, const Json& value) {
    write_entry(out, key, fmt::format("<d:value>{}</d:value>", escape_xml(value.to_text().value_or(""))));
  });
  return out;
}

std::string write_map_of_maps(const Json& map) {
  std::string out;
  map.for_each_member([&](std::string_view key, const Json& value) {
    write_entry(out, key, "<d:value>" + write_map(value) + "</d:value>");
  });
  return out;
}

std::string write_struct(const DataType& type, const Json& object) {
  std::string out;
  for (const Member& member : type.members) {
    const Json value = object.get(member.name.data());
    if (!value.is_missing()) write_value(out, member, prefix_of(type.space), value);
  }
  return out;
}

std::string content_of(const Member& member, const Json& value) {
  switch (member.kind) {
    case ValueKind::Struct: {
      const DataType* type = provisioning::find_type(member.type);
      return type == nullptr ? std::string() : write_struct(*type, value);
    }
    case ValueKind::Map:
      return write_map(value);
    case ValueKind::MapMap:
      return write_map_of_maps(value);
    case ValueKind::Boolean:
      return value.is_true() ? "true" : "false";
    default:
      return escape_xml(value.to_text().value_or(""));
  }
}

void write_value(std::string& out, const Member& member, std::string_view prefix, const Json& value) {
  if (member.is_list && value.is_array()) {
    Member single = member;
    single.is_list = false;
    for (std::size_t i = 0; i < value.size(); ++i) write_value(out, single, prefix, value.at(i));
    return;
  }
  if (value.is_null())
    out += fmt::format("<{}:{} xsi:nil=\"true\"/>", prefix, member.name);
  else
    out += fmt::format("<{0}:{1}>{2}</{0}:{1}>", prefix, member.name, content_of(member, value));
}

std::string write_envelope(std::string_view body, bool is_soap12) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"{}\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Body>{}</soap:Body></soap:Envelope>",
      is_soap12 ? kEnvelope12 : kEnvelope11, body);
}

}  // namespace

std::string_view prefix_of(TypeSpace space) { return space == TypeSpace::Rmi ? "r" : "d"; }

Envelope read_envelope(std::string_view body) {
  std::string why;
  auto document = parse_xml(body, why);
  if (!document) refuse("The message cannot be read: " + why);
  Envelope envelope;
  envelope.document = std::move(*document);
  envelope.is_soap12 = envelope.document.space == kEnvelope12;
  if (envelope.document.name != "Envelope" || (!envelope.is_soap12 && envelope.document.space != kEnvelope11))
    refuse("The message is no SOAP envelope");
  const XmlElement* content = envelope.document.find("Body");
  if (content == nullptr || content->children.empty()) refuse("The envelope has no body");
  envelope.call = &content->children.front();
  return envelope;
}

CallMessage read_call(const Operation& operation, const XmlElement& call) {
  CallMessage message;
  message.arguments = Json::object();
  for (const Parameter& parameter : operation.signature.all()) {
    Json value = read_member(parameter.member, call);
    if (provisioning::is_credentials(parameter.member)) {
      message.login = value.get("login").to_text().value_or("");
      message.password = value.get("password").to_text().value_or("");
    } else if (!value.is_missing()) {
      message.arguments.set(std::string(parameter.member.name), std::move(value));
    }
  }
  return message;
}

std::string write_response(const Operation& operation, const Json& result, bool is_soap12) {
  std::string content;
  if (operation.signature.has_result && !result.is_missing())
    write_value(content, operation.signature.result, "ns", result);
  return write_envelope(
      fmt::format("<ns:{0}Response xmlns:ns=\"{1}\" xmlns:d=\"{2}\" xmlns:r=\"{3}\">{4}</ns:{0}Response>",
                  operation.name, kServiceSpace, kDataSpace, kPlainSpace, content),
      is_soap12);
}

std::string write_fault(const Fault& fault, bool is_soap12) {
  const auto& row = provisioning::fault_row(fault.kind());
  const std::string text = escape_xml(fault.what());
  const bool is_of_client = row.status < 500;
  std::string detail =
      fmt::format("<e:{0} xmlns:e=\"{1}\"><e:message>{2}</e:message>", row.name, kFaultSpace, text);
  if (!fault.object().empty())
    detail += fmt::format("<e:objectname>{}</e:objectname>", escape_xml(fault.object()));
  detail += fmt::format("</e:{}>", row.name);
  if (is_soap12)
    return write_envelope(
        fmt::format("<soap:Fault><soap:Code><soap:Value>soap:{}</soap:Value></soap:Code><soap:Reason>"
                    "<soap:Text "
                    "xml:lang=\"en\">{}</soap:Text></soap:Reason><soap:Detail>{}</soap:Detail></soap:Fault>",
                    is_of_client ? "Sender" : "Receiver", text, detail),
        true);
  return write_envelope(fmt::format("<soap:Fault><faultcode>soap:{}</faultcode><faultstring>{}</faultstring>"
                                    "<detail>{}</detail></soap:Fault>",
                                    is_of_client ? "Client" : "Server", text, detail),
                        false);
}

}  // namespace gw::soap
