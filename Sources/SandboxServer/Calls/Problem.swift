/// What is wrong with a request, as problem details. RFC 9457.
struct Problem: Error, Equatable, Sendable {
  /// One place in the body and what is wrong there.
  struct Place: Equatable, Sendable {
    /// JSON pointer (RFC 6901).
    let pointer: String
    let detail: String
  }

  let status: UInt16
  let detail: String
  /// The place in the body that the detail speaks of, as a JSON pointer.
  var pointer: String?
  /// Every violation of the schema.
  var errors: [Place] = []

  init(_ status: UInt16, _ detail: String, at pointer: String? = nil, errors: [Place] = []) {
    self.status = status
    self.detail = detail
    self.pointer = pointer
    self.errors = errors
  }

  /// The JSON text; a vague one keeps to what every problem has.
  func body(instance: String, vague: Bool) -> [UInt8] {
    var writer = JSONWriter()
    writer.open()
    writer.member("type", "https://api.momentco.io/docs/errors#" + slug)
    writer.member("title", title)
    writer.member("status", status)
    writer.member("detail", vague ? title : detail)
    writer.member("instance", instance)
    if !vague {
      if let pointer { writer.member("pointer", pointer) }
      if !errors.isEmpty { list(errors, into: &writer) }
    }
    writer.close()
    return writer.bytes
  }

  private func list(_ errors: [Place], into writer: inout JSONWriter) {
    writer.openArray("errors")
    for error in errors {
      writer.open()
      writer.member("pointer", error.pointer)
      writer.member("detail", error.detail)
      writer.close()
    }
    writer.closeArray()
  }

  private var title: String {
    switch status {
    case 307: "Temporary Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    default: "Error"
    }
  }

  private var slug: String {
    String(title.lowercased().map { $0 == " " ? "-" : $0 })
  }
}
