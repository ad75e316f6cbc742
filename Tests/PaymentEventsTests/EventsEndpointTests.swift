import BillModel
import Foundation
import HTTPProbe
import Hashing
import Testing

@testable import BillLedger
@testable import PaymentEvents

/// The endpoint over real HTTP, with a store on disk.
@Suite struct EventsEndpointTests {
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private static var clock: WallTime { WallTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
  private let folder: URL
  private var path: String { folder.appending(path: "test.events").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "billdrop-endpoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func endpoint(_ edit: (inout EventsOptions) -> Void = { _ in }, at now: WallTime? = nil) throws
    -> EventsEndpoint
  {
    var options = EventsOptions(port: 0)
    edit(&options)
    let path = path
    return try EventsEndpoint(
      options, secrets: [try #require(WebhookSecret(Self.secret))],
      store: { () throws(LedgerError) in try EventStore(path: path) }, now: { now ?? Self.clock }, tell: { _ in })
  }

  private func signed(_ body: String, id: String = "msg_1", at time: WallTime = clock) throws -> [(String, String)] {
    let code = HMACSHA256(key: Array(try #require(Data(base64Encoded: String(Self.secret.dropFirst(6))))))
    let seconds = String(time.milliseconds / 1000)
    code.update(Array("\(id).\(seconds).\(body)".utf8))
    return [
      ("webhook-id", id), ("webhook-timestamp", seconds),
      ("webhook-signature", "v1,\(Data(code.finish().bytes).base64EncodedString())"),
    ]
  }

  private func event(_ number: Int) -> String {
    """
    {"id":"evt_\(number)","type":"obligation.amount_applied","data":{"amount":1,"currency":"ZAR","bill_id":"bill_1"}}
    """
  }

  @Test func `what verifies is on disk when it is answered, once`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let endpoint = try endpoint()
    defer { endpoint.stop() }
    for _ in 1...2 {
      let answer = HTTPProbe.exchange(
        port: endpoint.port, "POST", "/", headers: try signed(event(1)), body: event(1))
      #expect(answer?.status == 204)
      #expect(try EventStore(observing: path)?.count() == 1)
    }
    #expect(endpoint.counts.new == 1 && endpoint.counts.duplicates == 1)
  }

  @Test func `what doesn't verify is answered with 400 and nothing else, and not kept`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let endpoint = try endpoint()
    defer { endpoint.stop() }
    let good = try signed(event(1))
    let old = try signed(event(1), at: Self.clock.advanced(byMilliseconds: -181_000))
    let future = try signed(event(1), at: Self.clock.advanced(byMilliseconds: 190_000))
    for (headers, body) in [
      (good, event(2)), (Array(good.dropLast()), event(1)), (old, event(1)), (future, event(1)), ([], event(1)),
      (good + [("webhook-signature", "v1,x")], event(1)), (good.map { ($0.0, "") }, event(1)),
    ] {
      let answer = HTTPProbe.exchange(port: endpoint.port, "POST", "/", headers: headers, body: body)
      #expect(answer?.status == 400 && answer?.body == "")
    }
    #expect(try EventStore(observing: path)?.count() == 0)
    #expect(endpoint.counts.refused == [.malformed: 4, .signature: 1, .old: 1, .future: 1])
  }

  @Test func `other paths and methods, bodies that are too long and a question for its health are answered`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let endpoint = try endpoint { $0.path = "/hooks/moment" }
    defer { endpoint.stop() }
    func status(_ method: String, _ path: String, _ body: String = "") -> Int? {
      HTTPProbe.exchange(port: endpoint.port, method, path, body: body)?.status
    }
    #expect(status("POST", "/") == 404)
    #expect(status("GET", "/hooks/moment") == 405)
    #expect(status("GET", "/health") == 200)
    #expect(status("POST", "/hooks/moment", String(repeating: "x", count: WebhookVerifier.longestBody + 1)) == 413)
  }

  @Test func `more requests than the rate are told to come again, unread`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let endpoint = try endpoint({ $0.rate = 3 }, at: WallTime(milliseconds: 1_700_000_000_000))
    defer { endpoint.stop() }
    let statuses = (1...5).map { _ in HTTPProbe.exchange(port: endpoint.port, "POST", "/", body: "{}")?.status }
    #expect(statuses == [400, 400, 400, 429, 429])
    #expect(endpoint.counts.throttled == 2)
  }

  @Test func `a signed body that is no event of ours is kept all the same`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let endpoint = try endpoint()
    defer { endpoint.stop() }
    for body in ["not json", #"{"id":"evt_1","type":"bill.created","data":{}}"#] {
      let headers = try signed(body, id: "msg_\(body.count)")
      #expect(HTTPProbe.exchange(port: endpoint.port, "POST", "/", headers: headers, body: body)?.status == 204)
    }
    let kept = try #require(try EventStore(observing: path)).events(after: 0, limit: 10)
    #expect(kept.count == 2 && kept.allSatisfy { ReadEvent($0).applied == nil })
  }

  @Test func `where events can't be kept the sender is told to come again, and hears when they can`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let endpoint = try endpoint()
    defer { endpoint.stop() }
    func post(_ number: Int) throws -> Int? {
      let headers = try signed(event(number), id: "msg_\(number)")
      return HTTPProbe.exchange(port: endpoint.port, "POST", "/", headers: headers, body: event(number))?.status
    }
    #expect(try post(1) == 204)
    let blocker = try EventStore(path: path)
    try blocker.database.execute("DROP TABLE delivery")
    func health() -> Int? { HTTPProbe.exchange(port: endpoint.port, "GET", "/health")?.status }
    #expect(health() == 200)
    #expect(try post(2) == 503)
    #expect(health() == 503)
    #expect(endpoint.counts.failed == 1)
    #expect(try blocker.count() == 1, "nothing of the failed transaction is kept")
    try blocker.database.execute(
      "CREATE TABLE delivery (webhook_id TEXT PRIMARY KEY, event INTEGER, first_at INTEGER, last_at INTEGER, count INTEGER)"
    )
    #expect(try post(2) == 204)
    #expect(health() == 200)
    #expect(try blocker.count() == 2)
  }

  @Test func `many senders at once are all answered, and stopping waits for what is under way`() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let endpoint = try endpoint()
    let requests = try (1...200).map { number in
      (number: number, headers: try signed(event(number), id: "msg_\(number)"), body: event(number))
    }
    let port = endpoint.port
    let answered = await withTaskGroup(of: Int.self) { group in
      for sender in 0..<8 {
        let own = requests.filter { $0.number % 8 == sender }
        group.addTask {
          own.count { HTTPProbe.exchange(port: port, "POST", "/", headers: $0.headers, body: $0.body)?.status == 204 }
        }
      }
      return await group.reduce(0, +)
    }
    endpoint.stop()
    endpoint.stop()
    #expect(answered == 200)
    #expect(try EventStore(observing: path)?.count() == 200)
    #expect(HTTPProbe(port: endpoint.port) == nil)
  }
}
