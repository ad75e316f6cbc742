import Synchronization
import Testing
import Threads

@testable import Transport

@Suite struct SendGateTests {
  /// Admits one request at each of these moments.
  private final class Schedule: Sendable {
    let start: UInt64
    let interval: UInt64
    private let admitted = Mutex(UInt64(0))

    init(start: UInt64, interval: UInt64) {
      self.start = start
      self.interval = interval
    }

    var gate: SendGate {
      SendGate(
        admit: { now in
          self.admitted.withLock { count in
            let due = self.start + count * self.interval
            guard now >= due else { return .wait(untilNs: due) }
            count += 1
            return .go
          }
        }, observe: { _, _, _, _ in })
    }
  }

  @Test func `requests start when the gate says, not before, and on its schedule`() throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    let schedule = Schedule(start: MonotonicClock.now + 20_000_000, interval: 500_000)
    let client = try HTTPClient.to(server.url, inFlight: 32, gate: schedule.gate)
    client.submit((1...400).map { .post($0) })
    let sent = client.collect(400).map(\.sentAt).sorted()
    try #require(sent.count == 400)
    let lateness = sent.enumerated().map { Int64($1) - Int64(schedule.start + UInt64($0) * schedule.interval) }
    #expect(lateness.allSatisfy { $0 >= 0 })
    // The machine may be busy: most may be late, but not all.
    #expect(try #require(lateness.min()) < 5_000_000)
  }

  @Test func `the gate is told of each answer, and its pause holds what waits`() throws {
    let server = try TestServer {
      $0.request == 1 ? [TestServer.answer(429, ["Retry-After: 1"])] : [TestServer.answer()]
    }
    defer { server.stop() }
    let pausedUntil = Mutex(UInt64(0))
    let gate = SendGate(
      admit: { now in
        pausedUntil.withLock { now < $0 ? .wait(untilNs: $0) : .go }
      },
      observe: { status, headers, _, now in
        if status == 429, headers["retry-after"] == "1" { pausedUntil.withLock { $0 = now + 100_000_000 } }
      })
    let client = try HTTPClient.to(server.url, inFlight: 1, gate: gate)
    client.submit([.post(1), .post(2)])
    let completions = client.collect(2)
    try #require(completions.count == 2)
    #expect(completions[1].sentAt >= completions[0].finishedAt + 99_000_000 - 1_000_000)
    #expect(completions[1].sentAt < completions[0].finishedAt + 3_000_000_000)
  }

  @Test func `what is urgent goes before others that wait, and each kind in its order`() throws {
    let server = try TestServer { _ in [TestServer.answer()] }
    defer { server.stop() }
    let opens = MonotonicClock.now + 200_000_000
    let gate = SendGate(
      admit: { $0 < opens ? .wait(untilNs: opens) : .go }, observe: { _, _, _, _ in })
    let client = try HTTPClient.to(server.url, inFlight: 1, gate: gate)
    client.submit([.post(1), .post(2)])
    client.submit(
      (3...7 as ClosedRange<UInt64>).map {
        var request = HTTPRequest.post($0)
        request.isUrgent = $0.isMultiple(of: 2)
        return request
      })
    #expect(client.collect(7).map(\.id) == [4, 6, 1, 2, 3, 5, 7])
    #expect(server.received.map { $0.field("Idempotency-Key") } == [4, 6, 1, 2, 3, 5, 7].map { "key-\($0)" })
  }

  @Test func `a closed gate doesn't hold up the end`() throws {
    let gate = SendGate(admit: { _ in .wait(untilNs: .max) }, observe: { _, _, _, _ in })
    let client = try HTTPClient.to("http://127.0.0.1:1", gate: gate)
    client.submit([.post(1)])
    TestThread.sleep(milliseconds: 20)
    client.shutdown(cancelling: false)
    #expect(client.collect(1).first?.result.failure?.notSentCause == .cancelled)
  }
}
