import BillLayouts
import BillModel
import SeededRandoms
import Testing

@testable import BillIntake

/// Random files against the rules said plainly (`Oracle`), under every way of reading them.
@Suite struct RandomFileTests {
  struct Way: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var options: IntakeOptions
    var keyBits: Int
  }

  static let ways = [
    Way(testDescription: "as usual", options: IntakeOptions(), keyBits: 64),
    Way(testDescription: "blocks of 64 bytes", options: IntakeOptions(blockSize: 64), keyBits: 64),
    Way(testDescription: "on one thread", options: IntakeOptions(blockSize: 200, threads: 1), keyBits: 64),
    Way(testDescription: "on eight threads", options: IntakeOptions(blockSize: 100, threads: 8), keyBits: 64),
    Way(testDescription: "one fingerprint for all", options: IntakeOptions(blockSize: 777), keyBits: 0),
    Way(testDescription: "a round for each few rows", options: IntakeOptions(comparisonBytes: 1), keyBits: 2),
  ]

  @Test(arguments: ways, [false, true])
  func `every row is judged as the rules say`(way: Way, keepsFirst: Bool) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for round in 0..<25 {
      let table = RandomTable(rows: Int.random(in: 0...60, using: &random), random: &random)
      var file = CheckedFile("", duplicates: keepsFirst ? .first : .reject)
      file.bytes = table.csv(&random)
      file.options = way.options
      file.fingerprints = Fingerprints(keyBits: way.keyBits)
      let oracle = Oracle(table, keepsFirst: keepsFirst)
      let context = Comment(rawValue: "seed \(seed), round \(round)")
      let check = try file.check()
      let found = try file.findings(check).map { finding in
        "\(finding.record) \(finding.code.rawValue)" + (finding.column.map { " \($0)" } ?? "")
      }
      let isOpen = table.rows.count > 1 && file.bytes.last != 0x0A && file.bytes.last != 0x0D
      let last = table.rows.count
      let isTold = oracle.findings.contains("\(last) record.too-few-fields")
      let expected = oracle.findings + (isOpen && !isTold ? ["\(last) record.no-line-end"] : [])
      let surplus = found.filter { !expected.contains($0) }
      let lacking = expected.filter { !found.contains($0) }
      try #require(surplus.isEmpty && lacking.isEmpty, "\(surplus) \(lacking), \(context)")
      #expect(check.recordsRead == table.rows.count, context)
      #expect(check.invalid == oracle.rejected.count, context)
      #expect(check.findingCounts.reduce(0) { $0 + $1.count } == found.count, context)
      try expectRows(file, check, oracle, table, context)
    }
  }

  private func expectRows(
    _ file: CheckedFile, _ check: FileCheck, _ oracle: Oracle, _ table: RandomTable, _ context: Comment
  ) throws {
    var money = MoneyTally()
    for (index, row) in try file.rows(check).enumerated() {
      switch row {
      case .operation(let record, _, .raise(let bill)):
        try #require(record == index + 1 && !oracle.rejected.contains(index), context)
        #expect(Self.attributes(of: bill.party) == oracle.sent[index] ?? [:], context)
        money.add(ReadMoney(amount: bill.amountDue, currency: bill.currency), isValid: true)
      case .operation: Issue.record("a row of a bill file raises a bill")
      case .rejected(let row):
        try #require(row.record == index + 1 && oracle.rejected.contains(index), context)
        #expect(row.findings.contains { $0.severity == .error }, context)
        #expect(row.findings.allSatisfy { $0.record == index + 1 }, context)
        if let read = row.money { money.add(read, isValid: false) }
      }
    }
    #expect(money.currencies == check.money.currencies, context)
    #expect(money.currencies.allSatisfy { money[$0] == check.money[$0] }, context)
  }

  /// The attributes that are sent, by `account.` or `customer.` and their names.
  static func attributes(of party: BillParty) -> [String: String] {
    switch party {
    case .account(let account):
      var values = attributes(of: .customer(account.customer))
      values["account.name"] = account.name
      values["account.currency"] = account.currency?.description
      values["account.balance"] = account.balance.map(String.init)
      return values
    case .customer(let customer):
      var values: [String: String] = [:]
      values["customer.name"] = customer.name
      values["customer.phone"] = customer.phone
      values["customer.metadata.region"] = customer.metadata["region"]
      return values
    case .customerID, .accountID: return [:]
    }
  }
}
