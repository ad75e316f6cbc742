import Testing
import Threads

@testable import Transport

@Suite struct HTTPClientTests {
  @Test func `a request goes out whole, with the key, and its answer comes back whole`() throws {
    let server = try TestServer { _ in [TestServer.answer(201, ["X-Kind: thing"], body: #"{"id":1}"#)] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url + "/base/") { $0.userAgent = "billdrop/test" }
    let response = client.post(path: "/things", body: #"{"a":"ä"}"#)?.response
    #expect(response?.status == 201)
    #expect(response?.headers["x-kind"] == "thing")
    #expect(response.map { String(decoding: $0.body, as: UTF8.self) } == #"{"id":1}"#)
    let received = try #require(server.received.first)
    #expect(received.head.hasPrefix("POST /base/things HTTP/1.1\r\n"))
    #expect(String(decoding: received.body, as: UTF8.self) == #"{"a":"ä"}"#)
    #expect(received.field("Authorization") == "Bearer sk_test_secret")
    #expect(received.field("Idempotency-Key") == "key-1")
    #expect(received.field("User-Agent") == "billdrop/test")
    #expect(received.field("Expect") == nil)
  }

  @Test func `a slot sends whatever comes next: a large body, a GET, another method, an empty field`() throws {
    let server = try TestServer { [TestServer.answer(body: "\($0.body.count)")] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 1)
    let large = String(repeating: "x", count: 100_000)
    var answers: [String] = []
    for (id, request) in [
      .post(1, body: "abc"), .post(2, body: large), HTTPRequest(id: 3, method: "GET", path: "/one"),
      HTTPRequest(id: 4, method: "PATCH", path: "/two", headers: [("X-Empty", "")], body: Array("ab".utf8)),
      .post(5, body: "abcd"),
    ].enumerated() {
      let response = try #require(client.send(request)?.response, "request \(id)")
      answers.append(String(decoding: response.body, as: UTF8.self))
    }
    #expect(answers == ["3", "100000", "0", "2", "4"])
    let lines = server.received.compactMap { $0.head.split(separator: "\r\n").first }
    let expected = ["POST /things", "POST /things", "GET /one", "PATCH /two", "POST /things"]
    #expect(lines == expected.map { "\($0) HTTP/1.1" })
    #expect(server.received[3].field("X-Empty") == "")
    #expect(server.received[2].field("Idempotency-Key") == nil)
  }

  @Test func `requests one after another share a connection`() throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 1)
    client.submit((1...20).map { .post($0) })
    #expect(client.collect(20).map(\.id) == Array(1...20))
    #expect(server.connectionCount == 1)
  }

  @Test func `as many requests are in flight as there are slots, and no more`() throws {
    let server = try TestServer { _ in [.sleep(milliseconds: 40), TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 64)
    client.submit((1...320).map { .post($0) })
    let completions = client.collect(320)
    #expect(Set(completions.map(\.id)).count == 320)
    #expect(completions.allSatisfy { $0.result.response?.status == 200 })
    #expect(server.mostAtOnce > 32)
    #expect(server.mostAtOnce <= 64)
    #expect(server.connectionCount <= 72)
  }

  @Test func `times are stamped in order`() throws {
    let server = try TestServer { _ in [.sleep(milliseconds: 20), TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url)
    let before = MonotonicClock.now
    client.submit([.post(1)])
    let completion = try #require(client.collect(1).first)
    #expect(completion.sentAt >= before)
    #expect(completion.preTransfer > 0)
    #expect(completion.sentAt + completion.preTransfer + 20_000_000 <= completion.finishedAt)
    #expect(completion.finishedAt <= MonotonicClock.now)
  }

  @Test func `a redirect is delivered as it is and not followed`() throws {
    let server = try TestServer { _ in [TestServer.answer(307, ["Location: /elsewhere"])] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url)
    let response = client.post()?.response
    #expect(response?.status == 307)
    #expect(response?.headers["location"] == "/elsewhere")
    #expect(server.received.count == 1)
  }

  @Test func `interim answers and trailers are no part of the answer's head`() throws {
    let chunked =
      "HTTP/1.1 200 OK\r\nX-A: final\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: trailer\r\n\r\n"
    let server = try TestServer { _ in [.send("HTTP/1.1 103 Early Hints\r\nX-A: early\r\n\r\n" + chunked)] }
    defer { server.stop() }
    let response = try HTTPClient.to(server.url).post()?.response
    #expect(response?.status == 200)
    #expect(response?.headers.values(of: "x-a") == ["final"])
    #expect(response?.body == Array("ok".utf8))
  }

  @Test(arguments: [
    HTTPRequest(id: 1, method: "POST", path: "/a", headers: [("A", "x\r\nB: y")]),
    HTTPRequest(id: 1, method: "POST", path: "/a", headers: [("A: b", "x")]),
    HTTPRequest(id: 1, method: "POST", path: "/a", headers: [("", "x")]),
    HTTPRequest(id: 1, method: "POST", path: "/a b"), HTTPRequest(id: 1, method: "POST", path: "@elsewhere"),
    HTTPRequest(id: 1, method: "GET /", path: "/a"), HTTPRequest(id: 1, method: "", path: "/a"),
  ])
  func `a request that would become something else on the wire is not sent`(request: HTTPRequest) throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    #expect(try HTTPClient.to(server.url).send(request)?.failure == .notSent(NotSentReason(.malformedRequest)))
    #expect(server.connectionCount == 0)
  }

  @Test func `options out of their range are refused`() throws {
    #expect(throws: HTTPClientError.inFlightOutOfRange(0)) { try HTTPClient.to("http://localhost", inFlight: 0) }
    #expect(throws: HTTPClientError.inFlightOutOfRange(4097)) { try HTTPClient.to("http://localhost", inFlight: 4097) }
    #expect(throws: HTTPClientError.unusableCAFile(path: "/nowhere/ca.pem", why: "there is no such file")) {
      try HTTPClient.to("http://localhost") { $0.caFile = "/nowhere/ca.pem" }
    }
  }
}
