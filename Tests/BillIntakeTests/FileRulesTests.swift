import BillLayouts
import BillModel
import Testing

@testable import BillIntake

/// Rows against each other, as tables. A row is `reference amount account customer name`.
@Suite struct FileRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rows: [String]
    var reject: [String]
    var first: [String]
  }

  static func file(_ rows: [String], _ policy: DuplicatePolicy) -> CheckedFile {
    let head =
      "external_reference,amount_due,account.external_reference,account.customer.external_reference,"
      + "account.customer.name,currency\n"
    let lines = rows.map { $0.split(separator: " ").map { $0 == "_" ? "" : $0 }.joined(separator: ",") + ",ZAR\n" }
    return CheckedFile(head + lines.joined(), duplicates: policy)
  }

  static let cases = [
    Case(
      testDescription: "the same row twice", rows: ["R 1 A C N", "R 1 A C N"],
      reject: ["2 file.duplicate-row"], first: ["2 file.duplicate-row"]),
    Case(
      testDescription: "two rows that differ", rows: ["R 1 A C N", "S 1 A C N", "R 2 A C N"],
      reject: ["1 file.duplicate-reference", "3 file.duplicate-reference"], first: ["3 file.duplicate-reference"]),
    Case(
      testDescription: "the same and another", rows: ["R 1 A C N", "R 1 A C N", "R 2 A C N"],
      reject: ["1 file.duplicate-reference", "2 file.duplicate-reference", "3 file.duplicate-reference"],
      first: ["2 file.duplicate-row", "3 file.duplicate-reference"]),
    Case(
      testDescription: "another and the same", rows: ["R 2 A C N", "R 1 A C N", "R 1 A C N"],
      reject: ["1 file.duplicate-reference", "2 file.duplicate-reference", "3 file.duplicate-reference"],
      first: ["2 file.duplicate-reference", "3 file.duplicate-reference"]),
    Case(
      testDescription: "an invalid row uses its reference up", rows: ["R 0 A C N", "R 1 A C N"],
      reject: ["1 amount.range", "1 file.duplicate-reference", "2 file.duplicate-reference"],
      first: ["1 amount.range", "2 file.duplicate-reference"]),
    Case(
      testDescription: "an invalid row comes second", rows: ["R 1 A C N", "R 0 A C N"],
      reject: ["1 file.duplicate-reference", "2 amount.range", "2 file.duplicate-reference"],
      first: ["2 amount.range", "2 file.duplicate-reference"]),
    Case(
      testDescription: "an account under two customers", rows: ["R 1 A C N", "S 1 A D N", "T 1 A C N", "U 1 B D N"],
      reject: ["1 file.account-customers", "2 file.account-customers", "3 file.account-customers"],
      first: ["2 file.account-customers"]),
    Case(
      testDescription: "the other customer's row is invalid", rows: ["R 1 A C N", "S 0 A D N"],
      reject: ["2 amount.range"], first: ["2 amount.range"]),
    Case(
      testDescription: "the other customer's row is a duplicate", rows: ["R 1 A C N", "R 1 A D N", "S 1 A C N"],
      reject: ["1 file.duplicate-reference", "2 file.duplicate-reference"], first: ["2 file.duplicate-reference"]),
    Case(
      testDescription: "a customer with two names is told once", rows: ["R 1 A C N", "S 1 B C M", "T 1 E C M"],
      reject: ["2 party.attributes-differ"], first: ["2 party.attributes-differ"]),
    Case(
      testDescription: "a name that comes late", rows: ["R 1 A C _", "S 1 A C N"], reject: [], first: []),
    Case(
      testDescription: "a name that comes late, and is another one then",
      rows: ["R 1 A C _", "S 1 A C N", "T 1 B C _", "U 1 A C M"],
      reject: ["4 party.attributes-differ"], first: ["4 party.attributes-differ"]),
    Case(
      testDescription: "a name that goes, and is another one then",
      rows: ["R 1 A C N", "S 1 A C _", "T 1 A C N", "U 1 A C M"],
      reject: ["4 party.attributes-differ"], first: ["4 party.attributes-differ"]),
    Case(
      testDescription: "what a rejected row says doesn't count", rows: ["R 0 A C M", "S 1 A C N", "T 1 A C N"],
      reject: ["1 amount.range"], first: ["1 amount.range"]),
    Case(
      testDescription: "what a row of a torn account says doesn't count",
      rows: ["R 1 A C M", "S 1 A D M", "T 1 B C N", "U 1 E D N"],
      reject: ["1 file.account-customers", "2 file.account-customers"],
      first: ["2 file.account-customers", "3 party.attributes-differ"]),
  ]

  @Test(arguments: cases, DuplicatePolicy.allCases)
  func `rows are judged against each other`(table: Case, policy: DuplicatePolicy) throws {
    let file = Self.file(table.rows, policy)
    let check = try file.check()
    let found = try file.findings(check).map { "\($0.record) \($0.code.rawValue)" }
    #expect(found == (policy == .reject ? table.reject : table.first))
    let errors = Set(try file.findings(check).filter { $0.severity == .error }.map(\.record))
    #expect(check.invalid == errors.count)
    #expect(check.valid + check.invalid == table.rows.count)
  }

  @Test func `rule 25: three rows with a reference, in every order, are judged alike`() throws {
    let rows = ["R 1 A C N", "R 2 A C N", "R 3 A C N"]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let shuffled = order.map { rows[$0] }
      #expect(try Self.file(shuffled, .reject).check().invalid == 3)
      let file = Self.file(shuffled, .first)
      let standing = try file.rows(file.check()).compactMap { row -> Int64? in
        if case .operation(_, _, .raise(let bill)) = row { bill.amountDue } else { nil }
      }
      #expect(standing == [Int64(order[0] + 1)])
    }
  }

  @Test func `a duplicate names the other lines`() throws {
    let file = Self.file((1...8).map { "R \($0) A C N" }, .reject)
    let messages = try file.findings(file.check()).map(\.message)
    try #require(messages.count == 8)
    #expect(messages[0] == "The same reference stands on lines 3, 4, 5, 6, 7 and 2 more, with other values.")
    #expect(messages[7] == "The same reference stands on lines 2, 3, 4, 5, 6 and 2 more, with other values.")
    let two = Self.file(["R 1 A C N", "R 2 A C N"], .reject)
    #expect(
      try two.findings(two.check()).map(\.message)
        == [3, 2].map { "The same reference stands on line \($0), with other values." })
  }

  @Test func `references and parties whose fingerprints all meet are kept apart`() throws {
    var file = Self.file((1...50).map { "R\($0) 1 A\($0) C\($0) N\($0)" }, .reject)
    file.fingerprints = Fingerprints(keyBits: 0)
    #expect(try file.codes(file.check()) == [])
  }

  @Test func `what the first row that stands says of a party is what is sent`() throws {
    let file = Self.file(["R 0 A C Wrong", "S 1 A C Right", "T 1 B C Other", "U 1 B C Right"], .reject)
    let names = try file.rows(file.check()).compactMap { row -> String? in
      guard case .operation(_, _, .raise(let bill)) = row, case .account(let account) = bill.party else { return nil }
      return account.customer.name
    }
    #expect(names == ["Right", "Right", "Right"])
  }

  @Test(arguments: [1, 2, 8])
  func `what the first row leaves empty is filled by the first that has it, for all rows`(threads: Int) throws {
    var file = Self.file(
      ["R 1 A C _", "S 1 A C _", "T 1 B C Late", "U 1 A C _", "V 1 A C Later", "W 1 E F _"], .reject)
    file.options = IntakeOptions(blockSize: 700, threads: threads)
    let check = try file.check()
    let names = try file.rows(check).map { row -> String? in
      guard case .operation(_, _, .raise(let bill)) = row, case .account(let account) = bill.party else { return nil }
      return account.customer.name
    }
    #expect(names == ["Late", "Late", "Late", "Late", "Late", nil])
    let found = try file.findings(check)
    #expect(found.map(\.record) == [5])
    #expect(found.first?.message == "The customer has another name than on line 4.")
  }

  /// The first row of a file is looked at by itself, those behind it 64 at a time.
  @Test(arguments: [1, 2, 8])
  func `parties are the same to a row that is looked at by itself and to rows that are looked at together`(
    threads: Int
  ) throws {
    let twice = [0, 1, 2, 130, 199]
    var rows = (0..<200).map { "R\($0) 1 A\($0) C\($0) N\($0)" }
    rows += twice.map { "S\($0) 1 A\($0) X\($0) N" } + ["T5 1 A5 C5 N5", "U7 1 A7 C7 M", "V0 1 B0 C8 N8"]
    var file = Self.file(rows, .reject)
    file.options = IntakeOptions(blockSize: 700, threads: threads)
    let found = try file.findings(file.check()).map { "\($0.record) \($0.code.rawValue)" }
    let expected =
      (twice.map { $0 + 1 } + (201...205)).map { "\($0) file.account-customers" } + ["207 party.attributes-differ"]
    #expect(found == expected)
  }
}
