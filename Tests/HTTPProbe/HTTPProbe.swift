#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The smallest client that can look at a server of ours: one connection, requests as bytes, what comes back as bytes.
package final class HTTPProbe: Sendable {
  private let socket: Int32

  /// Connects to the port on the loopback interface; nil when nothing listens.
  package init?(port: UInt16) {
    #if canImport(Glibc)
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
    }
    if status != 0 { return nil }
  }

  deinit { _ = close(socket) }

  /// Sends bytes as they are; `false` where the server has closed the connection.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      #else
        let count = rest.withUnsafeBytes { Darwin.send(socket, $0.baseAddress, $0.count, 0) }
      #endif
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Sends a request that asks for the connection to be closed after the answer.
  package func send(
    _ method: String, _ path: String, headers: [(String, String)] = [], body: String = ""
  ) {
    var text = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty || method == "POST" { text += "Content-Length: \(body.utf8.count)\r\n" }
    send(Array((text + "\r\n" + body).utf8))
  }

  /// All that comes until the server closes the connection.
  package func receive() -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = piece.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
      if count <= 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  /// One request on a connection of its own; nil when the answer isn't one.
  package static func exchange(
    port: UInt16, _ method: String, _ path: String, headers: [(String, String)] = [], body: String = ""
  ) -> ProbedAnswer? {
    guard let probe = HTTPProbe(port: port) else { return nil }
    probe.send(method, path, headers: headers, body: body)
    return ProbedAnswer(probe.receive())
  }
}
