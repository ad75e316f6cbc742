import Synchronization
import Testing
import Threads

@testable import Transport

/// Requests that may leave up to a moment only.
@Suite struct LateRequestTests {
  private static func latest(inMilliseconds milliseconds: Int64) -> UInt64 {
    BootClock.now &+ UInt64(bitPattern: milliseconds * 1_000_000)
  }

  @Test func `rule 4: one that is too late doesn't leave, nor uses up a turn; the others go on`() throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    let admitted = Mutex(0)
    let gate = SendGate(
      admit: { _ in
        admitted.withLock { $0 += 1 }
        return .go
      }, observe: { _, _, _, _ in })
    let client = try HTTPClient.to(server.url, inFlight: 2, gate: gate)
    client.submit(
      (1...9 as ClosedRange<UInt64>).map {
        var request = HTTPRequest.post($0)
        if $0.isMultiple(of: 3) { request.latest = Self.latest(inMilliseconds: -1) }
        if $0 % 3 == 1 { request.latest = Self.latest(inMilliseconds: 60_000) }
        return request
      })
    let completions = client.collect(9)
    let late = completions.filter { $0.result.failure?.notSentCause == .tooLate }
    #expect(late.map(\.id).sorted() == [3, 6, 9])
    #expect(late.allSatisfy { $0.sentAt == 0 })
    #expect(completions.count { $0.result.response?.status == 200 } == 6)
    #expect(admitted.withLock { $0 } == 6)
    #expect(server.received.count == 6)
  }

  @Test func `rule 4: one whose moment goes by while it waits for the gate doesn't leave`() throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    let opens = MonotonicClock.now + 300_000_000
    let gate = SendGate(
      admit: { $0 < opens ? .wait(untilNs: opens) : .go }, observe: { _, _, _, _ in })
    let client = try HTTPClient.to(server.url, inFlight: 1, gate: gate)
    var request = HTTPRequest.post(1)
    request.latest = Self.latest(inMilliseconds: 100)
    client.submit([request, .post(2)])
    let completions = client.collect(2)
    #expect(completions.first { $0.id == 1 }?.result.failure?.notSentCause == .tooLate)
    #expect(completions.first { $0.id == 2 }?.result.response?.status == 200)
    #expect(server.received.map { $0.field("Idempotency-Key") } == ["key-2"])
  }

  /// With one connection in its queue the server takes no other; it is asked again after a second (RFC 6298, 2.1).
  @Test func `rule 4: one whose moment goes by while a connection is made doesn't leave`() throws {
    let server = try TestServer(queue: 0, delay: 300) { _ in [TestServer.answer()] }
    defer { server.stop() }
    let first = try HTTPClient.to(server.url, inFlight: 1)
    first.submit([.post(1)])
    TestThread.sleep(milliseconds: 100)
    let second = try HTTPClient.to(server.url, inFlight: 1)
    var request = HTTPRequest.post(2)
    request.latest = Self.latest(inMilliseconds: 600)
    #expect(second.send(request)?.failure?.notSentCause == .tooLate)
    #expect(first.collect(1).first?.result.response?.status == 200)
    #expect(second.post(3)?.response?.status == 200)
    #expect(server.received.map { $0.field("Idempotency-Key") } == ["key-1", "key-3"])
  }

  @Test func `rule 18: one that the gate lets leave no more when its connection is made doesn't leave`() throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    let holds = Mutex(false)
    let gate = SendGate(
      admit: { _ in .go }, observe: { _, _, _, _ in }, mayLeave: { holds.withLock { $0 } })
    let client = try HTTPClient.to(server.url, inFlight: 1, gate: gate)
    #expect(client.post(1)?.failure?.notSentCause == .tooLate)
    holds.withLock { $0 = true }
    #expect(client.post(2)?.response?.status == 200)
    #expect(server.received.map { $0.field("Idempotency-Key") } == ["key-2"])
  }

  @Test func `an answer is known to have come within its request's time, on the clock that doesn't rest`() throws {
    let server = try TestServer(delay: 100) { _ in [TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 1)
    let before = BootClock.now
    client.submit([.post(1)])
    let completion = try #require(client.collect(1).first)
    #expect(completion.answeredBy >= before + 100_000_000)
    #expect(completion.answeredBy <= BootClock.now)
  }
}
