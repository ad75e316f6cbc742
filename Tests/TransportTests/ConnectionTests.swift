import CLibcurl
import Testing

@testable import Transport

@Suite struct ConnectionTests {
  private let multi: MultiHandle
  private let watch: SocketWatch

  init() throws {
    try CurlLibrary.start()
    multi = try MultiHandle(connections: 8)
    watch = try SocketWatch()
  }

  private func connected(_ number: Int, to server: TestServer) throws -> Connection {
    let options = HTTPClientOptions(baseURL: try HTTPBaseURL(server.url), key: nil)
    let connection = try Connection(number, by: options, multi: multi.raw, watch: watch)
    // As if all were too old at once.
    try connection.easy.set(CURLOPT_MAXAGE_CONN, 0)
    #expect(connection.connect())
    var (running, left): (CInt, CInt) = (0, 0)
    for _ in 0..<1_000 {
      curl_multi_perform(multi.raw, &running)
      if let message = curl_multi_info_read(multi.raw, &left) {
        #expect(Connection.number(of: message.pointee.easy_handle) == number)
        break
      }
      TestThread.sleep(milliseconds: 5)
    }
    try #require(connection.open())
    return connection
  }

  private func answer(on connection: Connection) -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    for _ in 0..<1_000 {
      switch bytes.withUnsafeMutableBytes({ connection.receive($0) }) {
      case .bytes(let count): return String(decoding: bytes[..<count], as: UTF8.self)
      case .none: TestThread.sleep(milliseconds: 5)
      case .ended, .broken: return "gone"
      }
    }
    return "nothing"
  }

  /// libcurl looks through the connections that it knows, once a second at most, whenever it makes another one, and closes
  /// those that it takes for dead or too old: the next one then has the number of its socket.
  @Test func `a connection with an answer that nobody has read yet outlives the making of another`() throws {
    let server = try TestServer { _ in [TestServer.answer(body: "mine")] }
    defer { server.stop() }
    let first = try connected(1, to: server)
    guard case .bytes = Array("GET / HTTP/1.1\r\n\r\n".utf8).withUnsafeBytes({ first.send($0) }) else {
      Issue.record("nothing was sent")
      return
    }
    while server.received.isEmpty { TestThread.sleep(milliseconds: 5) }
    TestThread.sleep(milliseconds: 1_200)
    let second = try connected(2, to: server)
    #expect(second.isOpen)
    #expect(answer(on: first).hasSuffix("mine"))
  }
}
