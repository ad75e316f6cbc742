import Synchronization
import Testing

@testable import Transport

@Suite struct UnaskedAnswerTests {
  /// Holds the second request back, on the client's thread, between the first one's answer and what the server sends then.
  private final class Between: Sendable {
    private let state = Mutex((admitted: 0, isSent: false))

    private func wait(until isOver: ((admitted: Int, isSent: Bool)) -> Bool) {
      for _ in 0..<5_000 {
        if state.withLock({ isOver($0) }) { return }
        TestThread.sleep(milliseconds: 1)
      }
    }

    func waitForSecond() { wait { $0.admitted == 2 } }
    func sent() { state.withLock { $0.isSent = true } }

    var gate: SendGate {
      SendGate(
        admit: { [self] _ in
          let count = state.withLock { state in
            state.admitted += 1
            return state.admitted
          }
          if count == 2 { wait { $0.isSent } }
          return .go
        }, observe: { _, _, _, _ in })
    }
  }

  @Test func `an answer that came before the request went out is not taken for its answer`() throws {
    let between = Between()
    let server = try TestServer { received in
      guard received.connection == 1 else { return [TestServer.answer(200)] }
      guard received.request == 1 else { return [.close] }
      return [
        TestServer.answer(201), .run { between.waitForSecond() }, TestServer.answer(422), .run { between.sent() },
      ]
    }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 1, gate: between.gate)
    client.submit([.post(1), .post(2)])
    let completions = client.collect(2)
    #expect(completions.map { $0.result.response?.status } == [201, 200])
    #expect(server.received.compactMap { $0.field("Idempotency-Key") } == ["key-1", "key-2"])
    #expect(server.connectionCount == 2)
  }
}
