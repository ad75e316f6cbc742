import HTTPProbe
import Synchronization
import Testing

@testable import HTTPServing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.timeLimit(.minutes(1))) struct HTTPServiceTests {
  /// Answers with what it was asked.
  static func echo(_ request: borrowing HTTPRequest) -> HTTPReply {
    let text = [
      request.method.rawValue, request.path, request.query("q") ?? "-", request.header("x-one") ?? "-",
      String(decoding: request.body, as: UTF8.self),
    ].joined(separator: "|")
    return .answer(HTTPAnswer(status: 200, headers: [("X-Own", "yes")], body: .bytes(Array(text.utf8))))
  }

  @Test func `a request reaches the handler whole and its answer comes back`() throws {
    let service = try HTTPService(handler: Self.echo)
    let answer = HTTPProbe.exchange(
      port: service.port, "POST", "/a%20b?q=x%26y", headers: [("X-One", "1")], body: "hello")
    #expect(answer?.status == 200)
    #expect(answer?.body == "POST|/a b|x&y|1|hello")
    #expect(answer?.headers["x-own"] == "yes")
    #expect(answer?.headers["content-length"] == "21")
    #expect(answer?.headers["date"] != nil)
  }

  @Test func `all headers are told as they came`() throws {
    let service = try HTTPService { request in
      let text = request.headers.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
      return .answer(HTTPAnswer(status: 200, body: .bytes(Array(text.utf8))))
    }
    let answer = HTTPProbe.exchange(port: service.port, "GET", "/", headers: [("X-Two", "2")])
    #expect(answer?.body == "Host=localhost,Connection=close,X-Two=2")
  }

  @Test func `a given Date stands alone`() throws {
    let service = try HTTPService { _ in
      .answer(HTTPAnswer(status: 204, headers: [("Date", "Thu, 01 Jan 1970 00:00:00 GMT")]))
    }
    let probe = try #require(HTTPProbe(port: service.port))
    probe.send("GET", "/")
    let text = String(decoding: probe.receive(), as: UTF8.self)
    #expect(text.split(separator: "\r\n").filter { $0.hasPrefix("Date:") }.count == 1)
    #expect(text.contains("Date: Thu, 01 Jan 1970 00:00:00 GMT"))
  }

  @Test(arguments: [(8, 200), (9, 413), (100_000, 413)])
  func `a body over the limit is refused`(size: Int, status: Int) throws {
    let service = try HTTPService(HTTPServiceOptions(bodyLimit: 8), handler: Self.echo)
    let answer = HTTPProbe.exchange(
      port: service.port, "POST", "/", body: String(repeating: "x", count: size))
    #expect(answer?.status == status)
  }

  @Test func `a body without an end is cut`() throws {
    let service = try HTTPService(HTTPServiceOptions(bodyLimit: 8), handler: Self.echo)
    let probe = try #require(HTTPProbe(port: service.port))
    probe.send(Array("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
    let chunk = Array(("10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n").utf8)
    var sent = 0
    while sent < 2_000, probe.send(chunk) { sent += 1 }
    #expect(sent < 2_000)
  }

  @Test func `with little room for heads a longer one is refused, and one that fits comes whole`() throws {
    let service = try HTTPService(HTTPServiceOptions(headBytes: 8192), handler: Self.echo)
    let fits = String(repeating: "x", count: 2_000)
    let answer = HTTPProbe.exchange(
      port: service.port, "POST", "/a", headers: [("X-One", fits)], body: String(repeating: "y", count: 100_000))
    #expect(answer?.body == "POST|/a|-|\(fits)|" + String(repeating: "y", count: 100_000))
    let longer = HTTPProbe.exchange(
      port: service.port, "GET", "/", headers: [("X-One", String(repeating: "x", count: 20_000))])
    #expect(longer?.status ?? 431 == 431)
  }

  @Test func `a dropped request gets no byte`() throws {
    let service = try HTTPService { _ in .drop }
    let probe = try #require(HTTPProbe(port: service.port))
    probe.send("GET", "/")
    #expect(probe.receive().isEmpty)
  }

  @Test func `a stream is sent in chunks`() throws {
    let service = try HTTPService { _ in
      let left = Mutex(3)
      return .answer(
        HTTPAnswer(
          status: 200,
          body: .stream {
            left.withLock { count in
              if count == 0 { return nil }
              count -= 1
              return Array(repeating: UInt8(ascii: "a"), count: 40_000)
            }
          }))
    }
    let answer = HTTPProbe.exchange(port: service.port, "GET", "/")
    #expect(answer?.headers["transfer-encoding"] == "chunked")
    #expect(answer?.body.utf8.count == 120_000)
  }

  @Test func `a cut body is shorter than its length says`() throws {
    let service = try HTTPService { _ in
      .answer(HTTPAnswer(status: 200, body: .cut(Array("0123456789".utf8), after: 4)))
    }
    let answer = HTTPProbe.exchange(port: service.port, "GET", "/")
    #expect(answer?.headers["content-length"] == "10")
    #expect(answer?.body == "0123")
  }

  @Test func `a thousand delayed answers wait side by side`() async throws {
    let service = try HTTPService { _ in
      .after(nanoseconds: 300_000_000) { .answer(HTTPAnswer(status: 200)) }
    }
    let started = ContinuousClock.now
    let probes = (0..<1000).compactMap { _ in HTTPProbe(port: service.port) }
    for probe in probes { probe.send("GET", "/") }
    let statuses = probes.map { ProbedAnswer($0.receive())?.status }
    let elapsed = ContinuousClock.now - started
    #expect(statuses.count == 1000 && statuses.allSatisfy { $0 == 200 })
    #expect(elapsed >= .milliseconds(300) && elapsed < .seconds(10))
  }

  @Test(arguments: [127, 128, 129, 256]) func `none is left waiting where many come at once`(count: Int) throws {
    // On its own thread libmicrohttpd 0.9.75 sleeps on just 128 events; the long delay of the first makes them pile up.
    let service = try HTTPService { request in
      if request.path == "/slow" { usleep(200_000) }
      return .answer(HTTPAnswer(status: 200))
    }
    let probes = (0..<count).compactMap { _ in HTTPProbe(port: service.port) }
    let slow = try #require(HTTPProbe(port: service.port))
    usleep(50_000)
    slow.send("GET", "/slow")
    usleep(50_000)
    for probe in probes { probe.send("GET", "/") }
    #expect(probes.map { ProbedAnswer($0.receive())?.status } == Array(repeating: 200, count: count))
  }

  @Test func `a delayed request has its effect although its client went away`() async throws {
    let counter = Counter()
    let service = try HTTPService { _ in
      .after(nanoseconds: 100_000_000) {
        counter.increment()
        return .answer(HTTPAnswer(status: 200))
      }
    }
    var probe = HTTPProbe(port: service.port)
    probe?.send("GET", "/")
    try await Task.sleep(for: .milliseconds(20))
    probe = nil
    try await Task.sleep(for: .milliseconds(400))
    #expect(counter.value == 1)
  }

  @Test func `an effect comes after its connection was closed`() async throws {
    let counter = Counter()
    let service = try HTTPService { _ in .dropThen(nanoseconds: 200_000_000) { counter.increment() } }
    let probe = try #require(HTTPProbe(port: service.port))
    probe.send("GET", "/")
    #expect(probe.receive().isEmpty && counter.value == 0)
    try await Task.sleep(for: .milliseconds(400))
    #expect(counter.value == 1)
    service.stop()
    #expect(counter.value == 1)
  }

  @Test func `stopping brings effects at once`() throws {
    let counter = Counter()
    let service = try HTTPService { _ in .dropThen(nanoseconds: 3_600_000_000_000) { counter.increment() } }
    let probe = try #require(HTTPProbe(port: service.port))
    probe.send("GET", "/")
    #expect(probe.receive().isEmpty)
    service.stop()
    #expect(counter.value == 1)
  }

  @Test(arguments: [TrickledPart.head, .body]) func `a trickled answer comes in pieces`(part: TrickledPart) throws {
    let service = try HTTPService { _ in
      let answer = HTTPAnswer(status: 201, headers: [("X-Own", "yes")], body: .bytes(Array("hello".utf8)))
      return .trickle(answer, part, nanoseconds: 160_000_000)
    }
    let started = ContinuousClock.now
    let answer = HTTPProbe.exchange(port: service.port, "GET", "/")
    #expect(answer?.status == 201 && answer?.body == "hello" && answer?.headers["x-own"] == "yes")
    #expect(ContinuousClock.now - started >= .milliseconds(part == .head ? 150 : 40))
  }

  @Test func `a client may go away while an answer trickles`() async throws {
    let service = try HTTPService { _ in
      .trickle(HTTPAnswer(status: 200, body: .bytes([1, 2, 3])), .head, nanoseconds: 200_000_000)
    }
    for _ in 0..<20 { HTTPProbe(port: service.port)?.send("GET", "/") }
    try await Task.sleep(for: .milliseconds(100))
    #expect(HTTPProbe.exchange(port: service.port, "GET", "/")?.status == 200)
    HTTPProbe(port: service.port)?.send("GET", "/")
    service.stop()
  }

  @Test func `stopping lets delayed requests go on and does not wait for their time`() async throws {
    let counter = Counter()
    let service = try HTTPService { _ in
      .after(nanoseconds: 3_600_000_000_000) {
        counter.increment()
        return .answer(HTTPAnswer(status: 200))
      }
    }
    let probe = try #require(HTTPProbe(port: service.port))
    probe.send("GET", "/")
    try await Task.sleep(for: .milliseconds(50))
    service.stop()
    service.stop()
    #expect(counter.value == 1)
  }

  @Test func `whoever stalls keeps no other sender out, and no request that came whole is cut for it`() throws {
    let service = try HTTPService(HTTPServiceOptions(connectionLimit: 40)) { request in
      request.path == "/late"
        ? .after(nanoseconds: 1_500_000_000) { .answer(HTTPAnswer(status: 200)) } : Self.echo(request)
    }
    let late = try #require(HTTPProbe(port: service.port))
    late.send("GET", "/late")
    var stalled: [HTTPProbe] = []
    for number in 0..<150 {
      let probe = try #require(HTTPProbe(port: service.port))
      if number % 3 > 0 { probe.send(Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf".utf8)) }
      stalled.append(probe)
      if number % 25 == 0 {
        #expect(HTTPProbe.exchange(port: service.port, "POST", "/", body: "whole")?.status == 200)
      }
    }
    #expect(HTTPProbe.exchange(port: service.port, "POST", "/", body: "whole")?.body == "POST|/|-|-|whole")
    #expect(String(decoding: late.receive(), as: UTF8.self).hasPrefix("HTTP/1.1 200"))
    withExtendedLifetime(stalled) {}
  }

  @Test func `a port in use is an error`() throws {
    let service = try HTTPService(handler: Self.echo)
    #expect(throws: HTTPServiceError.self) {
      try HTTPService(HTTPServiceOptions(port: service.port), handler: Self.echo)
    }
  }
}

/// A count that the service's thread changes and the test reads.
private final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func increment() { count.withLock { $0 += 1 } }
}
