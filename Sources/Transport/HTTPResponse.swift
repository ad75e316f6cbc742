/// An answer that came whole.
package struct HTTPResponse: Sendable {
  /// As it came; 3xx too, since redirects are never followed.
  package var status: Int
  package var headers: HTTPHeaders
  package var body: [UInt8]

  package init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
