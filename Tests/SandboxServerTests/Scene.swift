import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

/// A sandbox's state without HTTP before it: requests go in, answers come out.
final class Scene {
  /// An answer taken apart.
  struct Answer {
    let status: Int
    let replayed: Bool
    let body: JSONValue
    let outgoing: OutgoingAnswer

    subscript(_ key: String) -> JSONValue? { body.object?[key] }
    /// What a problem says is wrong where.
    var pointer: String? { self["pointer"]?.string }
  }

  /// Compiled once: a hundred scenes need the same.
  private static let rules = Result { try BillingRules() }

  var state: SandboxState

  init(_ edit: (inout SandboxOptions) throws -> Void = { _ in }) throws {
    var options = SandboxOptions()
    options.key = "k"
    try edit(&options)
    state = SandboxState(options, rules: try Self.rules.get())
  }

  /// Sends a request through; nil where the connection was dropped.
  func send(
    _ method: HTTPMethod, _ path: String, key: String? = nil, authorization: String? = "Bearer k", _ body: String = ""
  ) -> Answer? {
    conclude(admit(method, path, key: key, authorization: authorization, body))
  }

  /// Lets a request in, to be concluded later.
  func admit(
    _ method: HTTPMethod, _ path: String, key: String? = nil, authorization: String? = "Bearer k", _ body: String = ""
  ) -> Admission {
    state.admit(
      Incoming(method: method, path: path, key: key, authorization: authorization, body: Array(body.utf8)))
  }

  func conclude(_ admission: Admission) -> Answer? {
    let delivery =
      switch admission {
      case .settled(let delivery): delivery
      case .admitted(let ticket): state.settle(ticket)
      case .postponed(let ticket, _): state.land(ticket)
      }
    guard case .answer(let outgoing) = delivery else { return nil }
    return Answer(
      status: Int(outgoing.status), replayed: outgoing.headers.contains { $0.name == "Idempotent-Replayed" },
      body: (try? JSONValue(parsing: outgoing.body)) ?? .null, outgoing: outgoing)
  }

  /// Creates an object under a key made from its body.
  func create(_ kind: ObjectKind, _ body: String, key: String? = nil) -> Answer? {
    send(.post, "/billing/" + kind.collection, key: key ?? "key-\(ByteHash.of(body.utf8))", body)
  }

  /// From here on these faults, or none.
  func set(faults: String?) throws {
    var rates = FaultRates()
    if let faults { try rates.apply(faults) }
    state.options.faults = rates
  }

  /// How many objects there are: customers, accounts, bills.
  var counts: [Int] { ObjectKind.allCases.map { state.calls.objects.count($0) } }

  /// The body of a bill that nests its account and that its customer.
  static func nestedBill(_ reference: String, account: String, customer: String) -> String {
    """
    {"external_reference":"\(reference)","currency":"ZAR","amount_due":500,"bill_date":"2025-02-01",\
    "account":{"external_reference":"\(account)","customer":{"external_reference":"\(customer)"}}}
    """
  }
}
