#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One kept connection of HTTP/1.1 to a port of this machine, for one thread.
///
/// A client of its own, small enough to see through: what is tested with the sandbox must not share its mistakes with it.
struct LoopbackConnection: ~Copyable {
  private let port: UInt16
  private var socket: Int32 = -1

  init(port: UInt16) { self.port = port }

  deinit { if socket >= 0 { _ = close(socket) } }

  /// Posts a body and reads the answer; its status, or `nil` where none came within 30 seconds.
  mutating func post(_ path: String, headers: [(String, String)], body: [UInt8]) -> Int? {
    var text = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Length: \(body.count)\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    let request = Array((text + "\r\n").utf8) + body
    let isKept = socket >= 0
    if let status = exchange(request) { return status }
    // A kept connection may have been closed meanwhile.
    return isKept ? exchange(request) : nil
  }

  private mutating func exchange(_ request: [UInt8]) -> Int? {
    guard socket >= 0 || open() else { return nil }
    guard send(request), let status = receive() else {
      shut()
      return nil
    }
    return status
  }

  private mutating func open() -> Bool {
    #if canImport(Glibc)
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard socket >= 0 else { return false }
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = socket
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    if result != 0 { shut() }
    return result == 0
  }

  private mutating func shut() {
    if socket >= 0 { _ = close(socket) }
    socket = -1
  }

  private func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Reads one answer, whose length must be told; the connection is given up where it isn't or is to be closed.
  private mutating func receive() -> Int? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      if let answer = AnswerHead(bytes), bytes.count >= answer.headCount + answer.bodyCount {
        if answer.closes { shut() }
        return answer.status
      }
      let count = piece.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
      guard count > 0, bytes.count < 1 << 16 else { return nil }
      bytes += piece[..<count]
    }
  }
}
