import Testing

@testable import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct HTTPClientFailureTests {
  @Test func `a request on a kept connection that dies without an answer is not sent again`() throws {
    let server = try TestServer { $0.request == 1 ? [TestServer.answer()] : [.close] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 1)
    #expect(client.post(1)?.response?.status == 200)
    #expect(client.post(2)?.failure == .connectionLost)
    TestThread.sleep(milliseconds: 50)
    #expect(server.received.compactMap { $0.field("Idempotency-Key") } == ["key-1", "key-2"])
    #expect(client.post(3)?.response?.status == 200)
  }

  @Test func `nor is it where the connection was reset`() throws {
    let server = try TestServer { $0.request == 1 ? [TestServer.answer()] : [.reset] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 1)
    #expect(client.post(1)?.response?.status == 200)
    #expect(client.post(2)?.failure == .connectionLost)
    #expect(server.received.count == 2)
  }

  @Test func `a request after the server is gone may have reached it where its connection was a kept one`() throws {
    let server = try TestServer { $0.request == 1 ? [TestServer.answer()] : [.sleep(milliseconds: 50), .close] }
    let client = try HTTPClient.to(server.url, inFlight: 1)
    #expect(client.post(1)?.response?.status == 200)
    client.submit([.post(2)])
    while server.received.count < 2 { TestThread.sleep(milliseconds: 1) }
    server.stop()
    #expect(client.collect(1).first?.result.failure == .connectionLost)
  }

  @Test func `a kept connection that the server closed while idle is replaced`() throws {
    let server = try TestServer { _ in [TestServer.answer(), .close] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 1)
    #expect(client.post(1)?.response?.status == 200)
    TestThread.sleep(milliseconds: 50)
    #expect(client.post(2)?.response?.status == 200)
    #expect(server.received.count == 2)
  }

  @Test func `a refused connection is not sent, and says why`() throws {
    let server = try TestServer { _ in [] }
    server.stop()
    TestThread.sleep(milliseconds: 20)
    let failure = try HTTPClient.to(server.url).post()?.failure
    #expect(failure?.notSentCause == .couldNotConnect(errno: ECONNREFUSED))
    #expect(failure?.mayHaveReachedServer == false)
    #expect(failure?.description.contains("refused") == true, "\(String(describing: failure))")
  }

  @Test func `a server that doesn't speak TLS refuses a secure connection, and nothing is sent`() throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to("https://127.0.0.1:\(server.port)") { $0.connectTimeout = .milliseconds(500) }
    let failure = client.post()?.failure
    #expect(failure?.notSentCause == .tlsRefused || failure?.notSentCause == .connectTimedOut)
    #expect(server.received.allSatisfy { !$0.head.contains("secret") })
  }

  @Test func `a slow answer times out`() throws {
    let server = try TestServer { _ in [.sleep(milliseconds: 600), TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url) { $0.totalTimeout = .milliseconds(100) }
    #expect(client.post()?.failure == .timedOut)
  }

  @Test func `an answer that stalls times out`() throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"
    let server = try TestServer { _ in [.send(head), .sleep(milliseconds: 4000)] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url) { $0.stallTimeout = .seconds(1) }
    #expect(client.post()?.failure == .timedOut)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
    "HTTP/1.1 200 OK\r\nContent-Le", "",
  ])
  func `an answer that is cut is a lost connection`(text: String) throws {
    let server = try TestServer { _ in [.send(text), .close] }
    defer { server.stop() }
    #expect(try HTTPClient.to(server.url).post()?.failure == .connectionLost)
  }

  @Test func `what is not HTTP is told apart`() throws {
    let server = try TestServer { _ in [.send("220 mail ready\r\n"), .close] }
    defer { server.stop() }
    #expect(try HTTPClient.to(server.url).post()?.failure == .notHTTP)
  }

  enum LargeBody: String, CaseIterable {
    case announced, endedByClose, chunked

    /// All but the first line of an answer with so many bytes of body.
    func rest(of count: Int) -> String {
      let body = String(repeating: "x", count: count)
      return switch self {
      case .announced: "Content-Length: \(count)\r\n\r\n\(body)"
      case .endedByClose: "\r\n\(body)"
      case .chunked:
        "Transfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
      }
    }
  }

  @Test(arguments: LargeBody.allCases)
  func `a body over its bound ends the transfer`(body: LargeBody) throws {
    let server = try TestServer { _ in [.send("HTTP/1.1 200 OK\r\n" + body.rest(of: 2000)), .close] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url) { $0.maximumBodyBytes = 1000 }
    #expect(client.post()?.failure == .tooLarge(.body))
  }

  /// So much and no more is taken where nothing else is said.
  @Test(arguments: LargeBody.allCases) func `a body has a bound of 1 MiB`(body: LargeBody) throws {
    for (count, isTaken) in [(1 << 20, true), ((1 << 20) + 1, false)] {
      let text = body.rest(of: count)
      let server = try TestServer { _ in [.send("HTTP/1.1 200 OK\r\n" + text), .close] }
      defer { server.stop() }
      let answer = try HTTPClient.to(server.url).post()
      #expect(isTaken ? answer?.response?.body.count == count : answer?.failure == .tooLarge(.body), "\(count)")
    }
  }

  @Test func `a body just within its bound is taken`() throws {
    let server = try TestServer { _ in [TestServer.answer(body: String(repeating: "x", count: 1000))] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url) { $0.maximumBodyBytes = 1000 }
    #expect(client.post()?.response?.body.count == 1000)
  }

  enum LargeHead: String, CaseIterable {
    case manyFields, longField, interimAnswers

    /// At least so many bytes.
    func text(of count: Int) -> String {
      switch self {
      case .manyFields: "HTTP/1.1 200 OK\r\n" + String(repeating: "X-A: 12345678\r\n", count: count / 15 + 1) + "\r\n"
      case .longField: "HTTP/1.1 200 OK\r\nX-A: " + String(repeating: "x", count: count) + "\r\n\r\n"
      case .interimAnswers: String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: count / 27 + 1)
      }
    }
  }

  @Test(arguments: LargeHead.allCases)
  func `header fields over their bound end the transfer`(head: LargeHead) throws {
    let server = try TestServer { _ in [.send(head.text(of: 1001)), .close] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url) { $0.maximumHeadBytes = 1000 }
    #expect(client.post()?.failure == .tooLarge(.head))
  }

  /// So much and no more is taken where nothing else is said.
  @Test(arguments: LargeHead.allCases) func `header fields have a bound of 64 KiB`(head: LargeHead) throws {
    for (text, isTaken) in [(head.text(of: 65_536), false), (head.text(of: 65_000), true)] {
      let end = head == .interimAnswers ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : ""
      let server = try TestServer { _ in [.send(text + end), .close] }
      defer { server.stop() }
      let answer = try HTTPClient.to(server.url).post()
      #expect(isTaken ? answer?.response?.status == 200 : answer?.failure == .tooLarge(.head), "\(text.utf8.count)")
    }
  }

  @Test func `a field line without end ends the transfer, as one that may have been sent`() throws {
    let head = "HTTP/1.1 200 OK\r\nX-A: " + String(repeating: "x", count: 1_000_000)
    let server = try TestServer { _ in [.send(head), .close] }
    defer { server.stop() }
    #expect(try HTTPClient.to(server.url).post()?.failure?.mayHaveReachedServer == true)
  }
}
