import Foundation
import HTTPServing
import Hashing
import Synchronization
import Testing

/// Notices by webhook, to a real receiver that checks what it gets as Standard Webhooks has it.
@Suite(.fewAtATime)
struct WebhookTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  /// 24 bytes in base64.
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  init() throws {
    workspace = try Workspace()
    var billdrop = Billdrop(workspace: workspace)
    billdrop.environment["HOOK_SECRET"] = Self.secret
    self.billdrop = billdrop
  }

  /// A receiver of POSTs; refuses as many as it is told to.
  private final class Receiver: Sendable {
    struct Call: Sendable {
      let path: String
      let headers: [String: String]
      let body: [UInt8]
      let moment: Double

      /// Whether the signature is the body's, under its id and its time, by the secret.
      func isSigned(by secret: String) -> Bool {
        guard let key = Data(base64Encoded: String(secret.dropFirst(6))), let id = headers["webhook-id"],
          let time = headers["webhook-timestamp"], let signature = headers["webhook-signature"],
          let seconds = Double(time), abs(seconds - moment) < 180
        else { return false }
        let code = HMACSHA256(key: [UInt8](key))
        code.update(Array("\(id).\(time).".utf8))
        code.update(body)
        return signature == "v1," + Data(code.finish().bytes).base64EncodedString()
      }
    }

    let service: HTTPService
    private let log: Log

    private final class Log: Sendable {
      let calls = Mutex<[Call]>([])
      let refusals = Mutex(0)
    }

    var calls: [Call] { log.calls.withLock { $0 } }

    init(refusing count: Int = 0) throws {
      let log = Log()
      self.log = log
      log.refusals.withLock { $0 = count }
      service = try HTTPService { request in
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature", "content-type"]
        let headers = names.reduce(into: [String: String]()) { $0[$1] = request.header($1) }
        log.calls.withLock {
          $0.append(
            Call(path: request.path, headers: headers, body: request.body, moment: Date().timeIntervalSince1970))
        }
        let refuses = log.refusals.withLock { left in
          defer { left = max(0, left - 1) }
          return left > 0
        }
        return .answer(HTTPAnswer(status: refuses ? 503 : 204))
      }
    }

    deinit { service.stop() }
  }

  private func configure(_ place: DropPlace, _ receiver: Receiver, events: String = "") throws -> String {
    try place.configure(
      top: #""notify": {"webhook": {"url": "http://127.0.0.1:\#(receiver.service.port)/hooks/bills", "#
        + #""secret_env": "HOOK_SECRET"\#(events)}}"#)
  }

  @Test func `each outcome is posted once, signed, with an id of its own`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let receiver = try Receiver()
    let configuration = try configure(place, receiver)
    try place.put(BillFile.text(rows: 4), as: "good.csv")
    try place.put(BillFile.text(rows: 4, prefix: "X") { $0 == 2 }, as: "some.csv")
    #expect(try await place.run(configuration).status == 1)
    #expect(try await place.run(configuration).status == 0)
    // One that came to its end, and one that came to its end and needs somebody.
    #expect(receiver.calls.count == 3)
    for call in receiver.calls {
      #expect(call.isSigned(by: Self.secret), "\(call)")
      #expect(call.path == "/hooks/bills" && call.headers["content-type"] == "application/json")
      let json = try JSONSerialization.jsonObject(with: Data(call.body)) as? [String: Any]
      #expect(["good.csv", "some.csv"].contains(json?["file"] as? String))
      #expect(json?["summary"] is [String: Any])
    }
    #expect(Set(receiver.calls.compactMap { $0.headers["webhook-id"] }).count == 3)
    #expect(!receiver.calls.contains { $0.isSigned(by: "whsec_" + Data(count: 24).base64EncodedString()) })
  }

  @Test func `a receiver that fails is asked again under the same id, and stops nothing`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let receiver = try Receiver(refusing: 1)
    let configuration = try configure(place, receiver, events: #", "events": ["finish"]"#)
    try place.put(BillFile.text(rows: 4), as: "good.csv")
    #expect(try await place.run(configuration).status == 0)
    #expect(receiver.calls.count == 2)
    #expect(Set(receiver.calls.compactMap { $0.headers["webhook-id"] }).count == 1)
    #expect(receiver.calls.allSatisfy { $0.isSigned(by: Self.secret) })
    receiver.service.stop()
    try place.put(BillFile.text(rows: 4, prefix: "X"), as: "more.csv")
    let deaf = try await place.run(configuration)
    #expect(deaf.status == 0)
    #expect(deaf.errors.contains("the webhook was not told"), "\(deaf.errors)")
    #expect(place.names("archive") == ["good.csv", "more.csv"])
  }

  @Test func `a secret that is none is told before anything is taken`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let receiver = try Receiver()
    let configuration = try configure(place, receiver)
    try place.put(BillFile.text(rows: 4), as: "good.csv")
    var other = billdrop
    other.environment["HOOK_SECRET"] = "hunter2"
    let result = try await other.run("run", "--config", configuration)
    #expect(result.status == 78)
    #expect(!result.errors.contains("hunter2"))
    #expect(place.names("inbound") == ["good.csv"])
  }
}
