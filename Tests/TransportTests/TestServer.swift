import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small HTTP server on a free loopback port that does exactly what a test scripts: blocking sockets, a thread for
/// each connection.
final class TestServer: Sendable {
  struct Received: Sendable {
    /// Number of the connection, from 1, and of the request on it, from 1.
    var connection: Int
    var request: Int
    /// Request line and field lines.
    var head: String
    var body: [UInt8]

    func field(_ name: String) -> String? {
      head.split(separator: "\r\n").dropFirst().first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
  }

  enum Step: Sendable {
    case send(String)
    case sleep(milliseconds: Int)
    case run(@Sendable () -> Void)
    case close
    /// Ends the connection with a reset instead of a proper end.
    case reset
  }

  let port: Int
  private let listener: CInt
  private let script: @Sendable (Received) -> [Step]
  private let log = Mutex<[Received]>([])
  private let connections = Mutex((made: 0, open: Set<CInt>()))
  private let busy = Mutex((now: 0, most: 0))

  /// `queue`: how many connections may wait to be accepted, less one; `delay`: milliseconds before the first one is.
  init(queue: CInt = 512, delay: Int = 0, _ script: @escaping @Sendable (Received) -> [Step]) throws {
    self.script = script
    (listener, port) = try Self.listen(queue)
    TestThread.run { [self] in
      TestThread.sleep(milliseconds: delay)
      acceptAll()
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var received: [Received] { log.withLock { $0 } }
  var connectionCount: Int { connections.withLock { $0.made } }
  /// The most requests that were being answered at once.
  var mostAtOnce: Int { busy.withLock { $0.most } }

  /// Ends the server and all its connections.
  func stop() {
    shutdown(listener, CInt(SHUT_RDWR))
    connections.withLock { state in
      for connection in state.open { shutdown(connection, CInt(SHUT_RDWR)) }
    }
  }

  /// A whole answer.
  static func answer(_ status: Int = 200, _ fields: [String] = [], body: String = "{}") -> Step {
    let lines = ["HTTP/1.1 \(status) Text", "Content-Length: \(body.utf8.count)"] + fields
    return .send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { break }
      let number = connections.withLock { state in
        state.made += 1
        state.open.insert(connection)
        return state.made
      }
      TestThread.run { [self] in serve(connection, number: number) }
    }
    close(listener)
  }

  private func serve(_ connection: CInt, number: Int) {
    var reader = RequestReader(connection)
    var count = 0
    while let (head, body) = reader.next() {
      count += 1
      let received = Received(connection: number, request: count, head: head, body: body)
      log.withLock { $0.append(received) }
      busy.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      let goesOn = script(received).allSatisfy { perform($0, on: connection) }
      busy.withLock { $0.now -= 1 }
      guard goesOn else { break }
    }
    _ = connections.withLock { $0.open.remove(connection) }
    close(connection)
  }

  private func perform(_ step: Step, on connection: CInt) -> Bool {
    switch step {
    case .send(let text):
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let sent = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
        guard sent > 0 else { return false }
        bytes = bytes.dropFirst(sent)
      }
      return true
    case .sleep(let milliseconds):
      TestThread.sleep(milliseconds: milliseconds)
      return true
    case .run(let body):
      body()
      return true
    case .close: return false
    case .reset:
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
      return false
    }
  }
}

extension TestServer {
  private struct SocketError: Error { var code: CInt }

  // Named in this file alone: next to an import of CLibcurl the compiler finds the constant by the first user only.
  #if canImport(Glibc)
    private static let stream = CInt(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif

  /// Two ends that are connected with each other (socketpair(2)); the caller closes both.
  static func connectedPair() throws -> (CInt, CInt) {
    var ends: [CInt] = [-1, -1]
    guard socketpair(AF_UNIX, stream, 0, &ends) == 0 else { throw SocketError(code: errno) }
    return (ends[0], ends[1])
  }

  fileprivate static func listen(_ queue: CInt) throws -> (CInt, Int) {
    let listener = socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) == 0 && Self.openQueue(listener, queue)
          && getsockname(listener, address, &size) == 0
      }
    }
    guard bound else { throw SocketError(code: errno) }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }

  private static func openQueue(_ listener: CInt, _ queue: CInt) -> Bool {
    #if canImport(Glibc)
      Glibc.listen(listener, queue) == 0
    #else
      Darwin.listen(listener, queue) == 0
    #endif
  }
}
