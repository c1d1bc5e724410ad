#include "soap/wsdl.hpp"

#include <fmt/format.h>

#include <set>

#include "provisioning/fault.hpp"
#include "soap/message.hpp"

namespace gw::soap {
namespace {

using provisioning::DataType;
using provisioning::Member;
using provisioning::Operation;
using provisioning::Parameter;
using provisioning::ServiceTable;
using provisioning::TypeSpace;
using provisioning::ValueKind;

std::string type_name(const Member& member) {
  switch (member.kind) {
    case ValueKind::String:
      return "xs:string";
    case ValueKind::Int:
      return "xs:int";
    case ValueKind::Long:
      return "xs:long";
    case ValueKind::Boolean:
      return "xs:boolean";
    case ValueKind::Date:
      return "xs:date";
    case ValueKind::Map:
      return "d:SOAPStringMap";
    case ValueKind::MapMap:
      return "d:SOAPStringMapMap";
    case ValueKind::Struct:
      break;
  }
  const DataType* type = provisioning::find_type(member.type);
  return fmt::format("{}:{}", type == nullptr ? "d" : prefix_of(type->space), member.type);
}

std::string element(const Member& member) {
  return fmt::format("<xs:element minOccurs=\"0\"{} name=\"{}\" nillable=\"true\" type=\"{}\"/>",
                     member.is_list ? " maxOccurs=\"unbounded\"" : "", member.name, type_name(member));
}

std::string complex_type(std::string_view name, std::string_view members) {
  return fmt::format("<xs:complexType name=\"{}\"><xs:sequence>{}</xs:sequence></xs:complexType>\n", name,
                     members);
}

/// Maps of texts, which have no table: spec provisioning section 2.
std::string map_types() {
  constexpr Member kKey{"key"};
  constexpr Member kValue{"value"};
  constexpr Member kMapValue{"value", ValueKind::Map};
  const auto entries = [](std::string_view type) {
    return element({"entries", ValueKind::Struct, type, true});
  };
  return complex_type("Entry", element(kKey) + element(kValue)) +
         complex_type("SOAPStringMap", entries("Entry")) +
         complex_type("SOAPMapEntry", element(kKey) + element(kMapValue)) +
         complex_type("SOAPStringMapMap", entries("SOAPMapEntry"));
}

std::string open_schema(std::string_view space) {
  return fmt::format(
      "<xs:schema attributeFormDefault=\"qualified\" elementFormDefault=\"qualified\" "
      "targetNamespace=\"{}\">\n",
      space);
}

std::string data_schema(TypeSpace space, std::string_view name) {
  std::string out = open_schema(name);
  out += fmt::format("<xs:import namespace=\"{}\"/>\n", space == TypeSpace::Soap ? kPlainSpace : kDataSpace);
  for (const DataType& type : provisioning::data_types()) {
    if (type.space != space) continue;
    std::string members;
    for (const Member& member : type.members) members += element(member);
    out += complex_type(type.name, members);
  }
  if (space == TypeSpace::Soap) out += map_types();
  return out + "</xs:schema>\n";
}

/// Each name once: several kinds may share one.
std::set<std::string_view> fault_names() {
  std::set<std::string_view> names;
  for (const auto& row : provisioning::fault_rows()) names.insert(row.name);
  return names;
}

std::string fault_schema() {
  std::string out = open_schema(kFaultSpace);
  for (const std::string_view name : fault_names()) {
    out += complex_type(name, element({"message"}) + element({"objectname"}));
    out += fmt::format("<xs:element name=\"{0}\" type=\"e:{0}\"/>\n", name);
  }
  return out + "</xs:schema>\n";
}

std::string wrapper(std::string_view name, std::string_view members) {
  return fmt::format(
      "<xs:element name=\"{}\"><xs:complexType><xs:sequence>{}</xs:sequence></xs:complexType></xs:element>\n",
      name, members);
}

std::string service_schema(const ServiceTable& service) {
  std::string out = open_schema(kServiceSpace);
  out += fmt::format("<xs:import namespace=\"{}\"/><xs:import namespace=\"{}\"/>\n", kDataSpace, kPlainSpace);
  for (const Operation& operation : service.operations) {
    std::string members;
    for (const Parameter& parameter : operation.signature.all()) members += element(parameter.member);
    out += wrapper(operation.name, members);
    out += wrapper(std::string(operation.name) + "Response",
                   operation.signature.has_result ? element(operation.signature.result) : std::string());
  }
  return out + "</xs:schema>\n";
}

std::string message(std::string_view name, std::string_view element_name) {
  return fmt::format(
      "<wsdl:message name=\"{}\"><wsdl:part name=\"parameters\" element=\"{}\"/></wsdl:message>\n", name,
      element_name);
}

std::string messages(const ServiceTable& service) {
  std::string out;
  for (const Operation& operation : service.operations) {
    out += message(fmt::format("{}Request", operation.name), fmt::format("ns:{}", operation.name));
    out += message(fmt::format("{}Response", operation.name), fmt::format("ns:{}Response", operation.name));
  }
  for (const std::string_view name : fault_names()) out += message(name, fmt::format("e:{}", name));
  return out;
}

std::string port_type(const ServiceTable& service) {
  std::string out = fmt::format("<wsdl:portType name=\"{}PortType\">\n", service.name);
  for (const Operation& operation : service.operations) {
    out += fmt::format(
        "<wsdl:operation name=\"{0}\"><wsdl:input message=\"ns:{0}Request\"/><wsdl:output "
        "message=\"ns:{0}Response\"/>",
        operation.name);
    for (const std::string_view name : fault_names())
      out += fmt::format("<wsdl:fault name=\"{0}\" message=\"ns:{0}\"/>", name);
    out += "</wsdl:operation>\n";
  }
  return out + "</wsdl:portType>\n";
}

std::string binding(const ServiceTable& service) {
  std::string out = fmt::format(
      "<wsdl:binding name=\"{0}SoapBinding\" type=\"ns:{0}PortType\"><soap:binding style=\"document\" "
      "transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n",
      service.name);
  for (const Operation& operation : service.operations) {
    out += fmt::format(
        "<wsdl:operation name=\"{0}\"><soap:operation soapAction=\"urn:{0}\" style=\"document\"/>"
        "<wsdl:input><soap:body use=\"literal\"/></wsdl:input><wsdl:output><soap:body use=\"literal\"/>"
        "</wsdl:output>",
        operation.name);
    for (const std::string_view name : fault_names())
      out += fmt::format("<wsdl:fault name=\"{0}\"><soap:fault name=\"{0}\" use=\"literal\"/></wsdl:fault>",
                         name);
    out += "</wsdl:operation>\n";
  }
  return out + "</wsdl:binding>\n";
}

}  // namespace

std::string write_wsdl(const ServiceTable& service, std::string_view address) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<wsdl:definitions name=\"{0}\" targetNamespace=\"{1}\" "
      "xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\" xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\" "
      "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:ns=\"{1}\" xmlns:d=\"{2}\" xmlns:r=\"{3}\" "
      "xmlns:e=\"{4}\">\n<wsdl:types>\n",
      service.name, kServiceSpace, kDataSpace, kPlainSpace, kFaultSpace);
  out += data_schema(TypeSpace::Rmi, kPlainSpace);
  out += data_schema(TypeSpace::Soap, kDataSpace);
  out += fault_schema();
  out += service_schema(service);
  out += "</wsdl:types>\n";
  out += messages(service) + port_type(service) + binding(service);
  out += fmt::format(
      "<wsdl:service name=\"{0}\"><wsdl:port name=\"{0}HttpSoap11Endpoint\" binding=\"ns:{0}SoapBinding\">"
      "<soap:address location=\"{1}\"/></wsdl:port></wsdl:service>\n</wsdl:definitions>\n",
      service.name, escape_xml(address));
  return out;
}

}  // namespace gw::soap
