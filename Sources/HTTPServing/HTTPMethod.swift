/// The method of a request. RFC 9110, 9; PATCH by RFC 5789.
package enum HTTPMethod: String, Sendable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"
  /// A method that none of our services takes.
  case other = ""
}
