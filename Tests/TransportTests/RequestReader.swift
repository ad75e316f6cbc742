#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads requests one after another from a connection of the test server.
struct RequestReader {
  private let connection: CInt
  private var buffer: [UInt8] = []

  init(_ connection: CInt) { self.connection = connection }

  /// Head and body of the next request; `nil` at the connection's end.
  mutating func next() -> (head: String, body: [UInt8])? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let start = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) {
        let head = String(decoding: buffer[..<start], as: UTF8.self)
        buffer.removeFirst(start + 4)
        return readBody(count: Self.contentLength(head)).map { (head, $0) }
      }
      guard fill() else { return nil }
    }
  }

  private static func contentLength(_ head: String) -> Int {
    let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
    return line.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
  }

  private mutating func readBody(count: Int) -> [UInt8]? {
    while buffer.count < count { guard fill() else { return nil } }
    defer { buffer.removeFirst(count) }
    return Array(buffer.prefix(count))
  }

  private mutating func fill() -> Bool {
    var block = [UInt8](repeating: 0, count: 16_384)
    let count = recv(connection, &block, block.count, 0)
    guard count > 0 else { return false }
    buffer += block[..<count]
    return true
  }
}
