import CMicrohttpd

/// A whole request, lent to the handler while it runs.
package struct HTTPRequest: ~Copyable {
  package let method: HTTPMethod
  /// The path, percent-decoded, without the query.
  package let path: String
  /// The body as it came, at most the service's limit.
  package let body: [UInt8]
  private let connection: OpaquePointer

  init(connection: OpaquePointer, method: HTTPMethod, path: String, body: [UInt8]) {
    self.connection = connection
    self.method = method
    self.path = path
    self.body = body
  }

  /// The first header of that name, whatever its case.
  package func header(_ name: String) -> String? { value(name, of: billdrop_mhd_header_kind()) }

  /// The first argument of that name in the query, percent-decoded.
  package func query(_ name: String) -> String? { value(name, of: billdrop_mhd_query_kind()) }

  /// All headers, as they came.
  package var headers: [(name: String, value: String)] { values(of: billdrop_mhd_header_kind()) }

  /// Which connection it came on: they are numbered from 1, those of all services of the process together.
  package var connectionNumber: UInt64 { billdrop_mhd_connection_number(connection) }

  private func value(_ name: String, of kind: MHD_ValueKind) -> String? {
    MHD_lookup_connection_value(connection, kind, name).map { String(cString: $0) }
  }

  private func values(of kind: MHD_ValueKind) -> [(name: String, value: String)] {
    var list: [(name: String, value: String)] = []
    withUnsafeMutablePointer(to: &list) { list in
      _ = MHD_get_connection_values(connection, kind, collectValue, list)
    }
    return list
  }
}

/// Called by libmicrohttpd for each header; `context` is the list to append to.
private func collectValue(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let context, let name else { return .close }
  let text = value.map { String(cString: $0) } ?? ""
  context.assumingMemoryBound(to: [(name: String, value: String)].self).pointee
    .append((name: String(cString: name), value: text))
  return .proceed
}
