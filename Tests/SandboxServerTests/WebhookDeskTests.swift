import HTTPServing
import Synchronization
import Testing

@testable import SandboxServer

/// Deliveries to an endpoint that fails as it likes.
@Suite struct WebhookDeskTests {
  private final class Endpoint: Sendable {
    private final class Seen: Sendable { let counts = Mutex<[String: Int]>([:]) }

    private let seen = Seen()
    let service: HTTPService

    init(_ status: @escaping @Sendable (_ id: String, _ count: Int) -> Int) throws {
      service = try HTTPService { [seen] request in
        let id = request.header("webhook-id") ?? ""
        let count = seen.counts.withLock { counts in
          counts[id, default: 0] += 1
          return counts[id] ?? 0
        }
        return .answer(HTTPAnswer(status: status(id, count)))
      }
    }

    /// How often each id came.
    var counts: [String: Int] { seen.counts.withLock { $0 } }
  }

  private func settings(_ port: UInt16) throws -> WebhookSettings {
    var settings = WebhookSettings(address: try #require(WebhookAddress("http://127.0.0.1:\(port)/")))
    settings.secret = Array("0123456789abcdef0123456789abcdef".utf8)
    settings.retry = 1
    return settings
  }

  private func settled(_ desk: WebhookDesk, _ condition: ([WebhookMessage]) -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while !condition(desk.messages) {
      guard ContinuousClock.now < end else { return #expect(Bool(false), "not delivered: \(desk.messages)") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func `what isn't acknowledged comes again until it is, under the same id`() async throws {
    let endpoint = try Endpoint { _, count in count < 3 ? 500 : 204 }
    defer { endpoint.service.stop() }
    let desk = WebhookDesk(try settings(endpoint.service.port), seed: 1)
    defer { desk.stop() }
    desk.add((0..<20).map { WebhookMessage(id: "m\($0)", body: Array("{}".utf8)) })
    try await settled(desk) { $0.allSatisfy { $0.acknowledgements == 1 } }
    #expect(endpoint.counts.values.allSatisfy { $0 == 3 } && endpoint.counts.count == 20)
  }

  @Test func `some come twice where that is asked for`() async throws {
    let endpoint = try Endpoint { _, _ in 204 }
    defer { endpoint.service.stop() }
    var settings = try settings(endpoint.service.port)
    (settings.duplicates, settings.jitter) = (0.5, 5)
    let desk = WebhookDesk(settings, seed: 1)
    defer { desk.stop() }
    desk.add((0..<40).map { WebhookMessage(id: "m\($0)", body: Array("{}".utf8)) })
    try await settled(desk) { $0.contains { $0.acknowledgements > 1 } && $0.allSatisfy { $0.acknowledgements > 0 } }
  }

  @Test func `an endpoint that isn't there is tried again and again`() async throws {
    let port = try { () throws -> UInt16 in
      let service = try HTTPService { _ in .drop }
      defer { service.stop() }
      return service.port
    }()
    let desk = WebhookDesk(try settings(port), seed: 1)
    defer { desk.stop() }
    desk.add([WebhookMessage(id: "m", body: [])])
    try await settled(desk) { $0[0].attempts > 2 }
    #expect(desk.messages[0].acknowledgements == 0)
  }
}
