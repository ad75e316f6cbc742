import Foundation
import SeededRandoms

/// A world for plans, made up from a seed: a file, and what is at the API before it: bills that are the same, different,
/// paid or voided, parties that are there or not, each known to the ledger or not.
struct PlannedWorld {
  static let rows = 50
  private static let headings =
    "external_reference,currency,amount_due,bill_date,due_date,customer.external_reference,"
    + "account.external_reference,account.customer.external_reference,metadata.period\n"

  /// The file that is planned.
  private(set) var file = Self.headings
  /// Bills of an earlier file, which goes through the ledger.
  private(set) var known = Self.headings
  /// Bills and parties of somebody else.
  private(set) var foreign = Self.headings
  /// References of bills at the API that are paid in part, paid, or voided before the plan.
  private(set) var partPaid: [String] = []
  private(set) var paid: [String: Int] = [:]
  private(set) var voided: [String] = []

  /// Whether bills that the ledger knows are voided behind its back.
  private let voidsKnownBills: Bool

  init(seed: UInt64, voidsKnownBills: Bool = false) {
    self.voidsKnownBills = voidsKnownBills
    var random = SeededRandom(seed: seed)
    // Accounts that hang under another customer than the file says, and parties that are there beforehand.
    let stolen = (0..<12).filter { _ in Int.random(in: 0..<10, using: &random) == 0 }
    for account in stolen { foreign += Self.line("X-S\(account)", 500, account: account, customer: "K-\(account)") }
    for party in 0..<6 where Bool.random(using: &random) {
      foreign += Self.line("X-C\(party)", 500, customer: "C-\(party)")
    }
    for account in 0..<12 where !stolen.contains(account) && Int.random(in: 0..<3, using: &random) == 0 {
      let line = Self.line("X-A\(account)", 500, account: account, customer: "C-\(account % 6)")
      if Bool.random(using: &random) { known += line } else { foreign += line }
    }
    for row in 1...Self.rows { add(row, stolen, &random) }
  }

  private mutating func add(_ row: Int, _ stolen: [Int], _ random: inout SeededRandom) {
    let amount = 1_000 + row
    let account = Int.random(in: 0..<3, using: &random) == 0 ? nil : Int.random(in: 0..<12, using: &random)
    let customer = account.map { "C-\($0 % 6)" } ?? "C-\(Int.random(in: 0..<8, using: &random))"
    let reference = "B-\(row)"
    let isBad = Int.random(in: 0..<15, using: &random) == 0
    file += Self.line(reference, isBad ? 0 : amount, account: account, customer: customer)
    guard !isBad, !(account.map { stolen.contains($0) } ?? false), Bool.random(using: &random) else { return }
    let isDifferent = Int.random(in: 0..<4, using: &random) == 0
    let line = Self.line(reference, isDifferent ? amount + 7 : amount, account: account, customer: customer)
    let isKnown = Int.random(in: 0..<3, using: &random) == 0
    if isKnown { known += line } else { foreign += line }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: partPaid.append(reference)
    case 1: paid[reference] = isDifferent ? amount + 7 : amount
    case 2: if !isKnown || voidsKnownBills { voided.append(reference) }
    default: break
    }
  }

  static func line(_ reference: String, _ amount: Int, account: Int? = nil, customer: String) -> String {
    let parties = account.map { ",A-\($0),\(customer)" } ?? "\(customer),,"
    return "\(reference),ZAR,\(amount),2026-01-02,2026-01-20,\(parties),2026-01\n"
  }

  /// Makes the world at a sandbox, through the workspace's ledger and through somebody else's.
  func make(at sandbox: Sandbox, _ billdrop: Billdrop) async throws {
    let workspace = billdrop.workspace
    // With metadata of their own, so that none of our requests has their key.
    let lines = foreign.split(separator: "\n").enumerated().map { $1 + ($0 == 0 ? ",metadata.source" : ",theirs") }
    let foreign = try workspace.write(lines.joined(separator: "\n") + "\n", to: "foreign.csv")
    let known = try workspace.write(known, to: "known.csv")
    let other = [
      "submit", foreign, "--endpoint", sandbox.endpoint, "--ledger", workspace.path("other.sqlite"), "--reports",
      workspace.path("other-reports"), "--rate", "2000", "--format", "json",
    ]
    guard try await billdrop.run(other).status <= 1 else { throw TestFault("the world wasn't made: foreign.csv") }
    guard try await billdrop.submit(known, to: sandbox).status <= 1 else {
      throw TestFault("the world wasn't made: known.csv")
    }
    for reference in partPaid { try await pay(reference, 1, sandbox) }
    for (reference, amount) in paid { try await pay(reference, amount, sandbox) }
    for reference in voided {
      guard try await sandbox.call("POST", "/billing/bills/\(reference)/void") == 200 else {
        throw TestFault("\(reference) was not voided")
      }
    }
  }

  private func pay(_ reference: String, _ amount: Int, _ sandbox: Sandbox) async throws {
    let body = "{\"amount_paid\": \(amount), \"currency\": \"ZAR\"}"
    guard try await sandbox.call("PATCH", "/billing/bills/\(reference)", body) == 200 else {
      throw TestFault("\(reference) was not paid")
    }
  }
}
