#include "ajax/response.hpp"

namespace gw::ajax {

Response Response::with_data(Json data, std::optional<Millis> timestamp) {
  Response response;
  response.data = std::move(data);
  response.timestamp = timestamp;
  return response;
}

Response Response::with_text(std::string json_text, std::optional<Millis> timestamp) {
  Response response;
  response.data_text = std::move(json_text);
  response.timestamp = timestamp;
  return response;
}

Response Response::empty_data(std::optional<Millis> timestamp) { return with_data({}, timestamp); }

Response Response::bare(Json data) {
  Response response = with_data(std::move(data));
  response.shape = Shape::Bare;
  return response;
}

Response Response::bare_text(std::string json_text) {
  Response response = with_text(std::move(json_text));
  response.shape = Shape::Bare;
  return response;
}

Response Response::raw(std::string content_type, std::string bytes) {
  Response response;
  response.shape = Shape::Raw;
  response.content_type = std::move(content_type);
  response.bytes = std::move(bytes);
  return response;
}

Response Response::page(int status, std::string_view html) {
  Response response = raw("text/html; charset=UTF-8", std::string(html));
  response.status = status;
  return response;
}

Response Response::redirect(std::string location) {
  Response response = no_content(302);
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

Response Response::no_content(int status) {
  Response response;
  response.shape = Shape::Empty;
  response.status = status;
  return response;
}

}  // namespace gw::ajax
