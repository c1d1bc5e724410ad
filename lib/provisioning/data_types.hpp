// What travels: the data objects and their members, in the order in which they are written. SOAP's schema,
// the OpenAPI document and the readers of both come from these tables. Source: spec provisioning sections 2,
// 4, 5.
#pragma once

#include <span>
#include <string_view>

namespace gw::provisioning {

enum class ValueKind {
  String,
  Int,
  Long,
  Boolean,
  Date,    ///< `yyyy-MM-dd`; what follows is ignored when read
  Struct,  ///< of `type`
  Map,     ///< key to text: SOAPStringMap; a JSON object
  MapMap,  ///< namespace to Map: SOAPStringMapMap; a JSON object of objects
};

struct Member {
  std::string_view name;
  ValueKind kind = ValueKind::String;
  std::string_view type{};  ///< of a Struct
  bool is_list = false;
};

/// Which XML namespace a type lies in.
enum class TypeSpace { Soap, Rmi };

struct DataType {
  std::string_view name;
  TypeSpace space = TypeSpace::Soap;
  std::span<const Member> members;
};

std::span<const DataType> data_types();
/// nullptr: there is none.
const DataType* find_type(std::string_view name);

}  // namespace gw::provisioning
