/// A request's bytes as they go out, and how far they have.
struct OutgoingRequest {
  /// What all requests of a client have.
  struct Common {
    /// Before each path.
    let basePath: [UInt8]
    /// From the end of the path on: version, host, agent and key.
    let fields: [UInt8]

    init(_ options: HTTPClientOptions) {
      basePath = Array(options.baseURL.basePath.utf8)
      var lines = " HTTP/1.1\r\nHost: \(options.baseURL.host)\r\nUser-Agent: \(options.userAgent)\r\n"
      if let key = options.key { lines += "Authorization: Bearer \(key.secret)\r\n" }
      fields = Array(lines.utf8)
    }
  }

  private let common: Common
  private var bytes: [UInt8] = []
  private var sent = 0

  init(_ common: Common) { self.common = common }

  /// Replaces what was there by a request, which must be well-formed.
  mutating func fill(with request: HTTPRequest) {
    bytes.removeAll(keepingCapacity: true)
    sent = 0
    bytes.append(contentsOf: request.method.utf8)
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: common.basePath)
    bytes.append(contentsOf: request.path.utf8)
    bytes.append(contentsOf: common.fields)
    for (name, value) in request.headers {
      bytes.append(contentsOf: name.utf8)
      bytes.append(contentsOf: ": ".utf8)
      bytes.append(contentsOf: value.utf8)
      bytes.append(contentsOf: "\r\n".utf8)
    }
    if let shared = request.shared { bytes.append(contentsOf: shared.lines) }
    // A request that may have a body says how long it is, also where it has none (RFC 9110, 8.6).
    if request.method != "GET" {
      bytes.append(contentsOf: "Content-Length: ".utf8)
      appendDigits(of: request.body.count)
      bytes.append(contentsOf: "\r\n".utf8)
    }
    bytes.append(contentsOf: "\r\n".utf8)
    bytes.append(contentsOf: request.body)
  }

  private mutating func appendDigits(of number: Int) {
    if number >= 10 { appendDigits(of: number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// Whether all of it has gone.
  var isSent: Bool { sent == bytes.count }

  /// Gives away what is still to go; `send` says how much of it went.
  mutating func sendRest(_ send: (UnsafeRawBufferPointer) -> Connection.Moved) -> Connection.Moved {
    let moved = bytes.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
    if case .bytes(let count) = moved { sent += count }
    return moved
  }
}
