import BillModel
import Testing

@testable import BillIntake

/// Each rule of a row: a good row with some cells changed, and the findings that it then has.
@Suite struct RowRulesTests {
  static let good: [(heading: String, value: String)] = [
    ("external_reference", "INV-1"), ("currency", "ZAR"), ("amount_due", "24000"), ("bill_date", "2026-01-31"),
    ("due_date", "2026-02-28"), ("metadata.period", "2026-01"), ("account.external_reference", "ACC-1"),
    ("account.name", "Water"), ("account.currency", "ZAR"), ("account.balance", "-5"),
    ("account.customer.external_reference", "CUST-1"), ("account.customer.name", "Thandi Nkosi"),
    ("account.customer.email", "thandi@example.com"), ("account.customer.phone", "+27821234567"),
    ("customer.external_reference", ""), ("customer", ""), ("account", ""),
  ]

  static func file(_ changes: [String: String]) -> CheckedFile {
    let cells = good.map { changes[$0.heading] ?? $0.value }
    let quoted = cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }
    return CheckedFile(good.map(\.heading).joined(separator: ",") + "\n" + quoted.joined(separator: ",") + "\n")
  }

  static let noAccount = Dictionary(
    uniqueKeysWithValues: good.map(\.heading).filter { $0.hasPrefix("account.") }.map { ($0, "") })

  static func on(_ changes: [String: String]) -> [String: String] { noAccount.merging(changes) { $1 } }

  @Test(arguments: [
    ("external_reference", "", "reference.required"), ("external_reference", "INV/1", "reference.pattern"),
    ("external_reference", " INV-1", "reference.pattern"), ("external_reference", "bill_1", "reference.reserved"),
    ("external_reference", String(repeating: "x", count: 256), "reference.length"),
    ("account.external_reference", "", "reference.required"),
    ("account.external_reference", "A.1", "reference.pattern"),
    ("amount_due", "", "amount.required"), ("amount_due", "0", "amount.range"),
    ("amount_due", "100000000", "amount.range"), ("amount_due", "-1", "amount.range"),
    ("amount_due", "240.00", "amount.format"), ("amount_due", "1,000", "amount.format"),
    ("amount_due", "+5", "amount.format"), ("amount_due", "007", "amount.format"), ("amount_due", "x", "amount.format"),
    ("amount_due", "1.5E+3", "amount.format"), ("amount_due", " 5", "amount.format"),
    ("currency", "", "currency.required"),
    ("currency", "zar", "currency.unknown"), ("currency", "XYZ", "currency.unknown"),
    ("currency", "R", "currency.unknown"), ("account.currency", "XYZ", "currency.unknown"),
    ("due_date", "28/02/2026", "date.format"), ("due_date", "2026-02-30", "date.impossible"),
    ("due_date", "2026-01-30", "date.order"), ("bill_date", "2026-13-01", "date.impossible"),
    ("account.customer.email", "thandi", "email.format"),
    ("account.customer.phone", "0821234567", "phone.format"), ("account.customer.phone", "+27 82 123", "phone.format"),
    ("account.name", String(repeating: "n", count: 256), "name.length"),
    ("metadata.period", String(repeating: "m", count: 501), "metadata.length"),
    ("account.balance", "ten", "balance.format"), ("account.balance", "9007199254740992", "balance.range"),
    ("account.balance", "-9007199254740992", "balance.range"),
    ("account.balance", "9223372036854775807", "balance.range"),
    ("account.customer.external_reference", "", "party.customer-missing"),
  ])
  func `a value that breaks a rule has its code, its line and its column`(
    column: String, value: String, code: String
  ) throws {
    let file = Self.file([column: value])
    let check = try file.check()
    #expect(try file.codes(check) == ["1:2 \(code) \(column)"])
    #expect(check.invalid == 1)
  }

  @Test(arguments: [
    (["currency": "EUR"], "1:2 currency.unsupported currency"),
    (["account.currency": "JPY"], "1:2 currency.unsupported account.currency"),
    (["metadata.period": "8001015009087"], "1:2 metadata.personal metadata.period"),
  ])
  func `a warning leaves the row standing`(changes: [String: String], finding: String) throws {
    let file = Self.file(changes)
    let check = try file.check()
    #expect(try file.codes(check) == [finding])
    #expect(check.valid == 1)
    #expect(try file.findings(check).allSatisfy { $0.severity == .warning })
  }

  @Test(arguments: [
    (on([:]), ["1:2 party.missing"]),
    (on(["customer.external_reference": "C", "account": "bacc_1"]), ["1:2 party.both"]),
    (["customer.external_reference": "C"], ["1:2 party.both"]),
    (["account": "bacc_1"], ["1:2 party.both account"]),
    (on(["account": "bacc-1"]), ["1:2 id.format account"]),
    (on(["customer": "CUST-1"]), ["1:2 id.format customer"]),
    (["account.currency": ""], ["1:2 balance.currency account.currency"]),
  ])
  func `a row names exactly one party, whole`(changes: [String: String], findings: [String]) throws {
    let file = Self.file(changes)
    #expect(try file.codes(file.check()) == findings)
  }

  @Test(arguments: [
    (on(["account": "bacc_1"]), BillParty.accountID("bacc_1")),
    (on(["customer": "bcus_1"]), BillParty.customerID("bcus_1")),
    (on(["customer.external_reference": "C"]), BillParty.customer(Customer(reference: "C"))),
  ])
  func `a bill is raised on what the row names`(changes: [String: String], party: BillParty) throws {
    let file = Self.file(changes)
    let check = try file.check()
    guard case .operation(1, 2, .raise(let bill)) = try file.rows(check).first else {
      Issue.record("no operation")
      return
    }
    #expect(bill.party == party)
  }

  @Test func `more than twenty metadata values are too many`() throws {
    let keys = (1...21).map { "metadata.k\($0)" }
    let values = Array(repeating: "v", count: 21)
    let file = CheckedFile(
      (["external_reference,currency,amount_due,customer"] + keys).joined(separator: ",") + "\n"
        + (["INV-1,ZAR,1,bcus_1"] + values).joined(separator: ",") + "\n")
    #expect(try file.codes(file.check()) == ["1:2 metadata.count"])
  }

  @Test func `a record that can't be read as text has its findings, and no others of that cell`() throws {
    let head = "external_reference,currency,amount_due,customer.external_reference,customer.name\n"
    let cases: [(String, [String])] = [
      ("INV-1,ZAR,5,C\n", ["1:2 record.too-few-fields"]),
      ("INV-1,ZAR,5,C,N,\n", ["1:2 record.too-many-fields"]),
      ("INV-1,ZAR,5,C,5\" pipe\n", ["1:2 record.quote-in-field customer.name"]),
      ("INV-1,ZAR,5,C,\"a\"b\n", ["1:2 record.bytes-after-quote customer.name"]),
      ("INV-1,ZAR,5,C,a\u{0}b\n", ["1:2 record.nul customer.name"]),
      ("INV-1,ZAR,5,\"C\n\u{0}\",x\n", ["1:3 record.nul customer.external_reference"]),
      ("INV-1,ZAR,5,C,x\n\nINV-2,ZAR,5,C,x\n", ["2:3 record.too-few-fields"]),
    ]
    for (rows, findings) in cases {
      let file = CheckedFile(head + rows)
      #expect(try file.codes(file.check()) == findings)
    }
    var file = CheckedFile(head)
    file.bytes += Array("INV-1,ZAR,5,C,Caf".utf8) + [0xE9, 10]
    #expect(try file.codes(file.check()) == ["1:2 record.invalid-utf8 customer.name"])
  }

  @Test func `money is counted where amount and currency can be read`() throws {
    let file = CheckedFile(
      """
      external_reference,currency,amount_due,customer
      INV-1,ZAR,100,bcus_1
      INV/2,ZAR,50,bcus_1
      INV-3,USD,100000000,bcus_1
      INV-4,XYZ,7,bcus_1
      INV-5,ZAR,1.50,bcus_1
      INV-6,ZAR,9000000000,bcus_1

      """)
    let check = try file.check()
    let (zar, usd) = (try #require(CurrencyCode("ZAR")), try #require(CurrencyCode("USD")))
    #expect(check.money.currencies == [usd, zar])
    #expect(check.money[zar] == MoneyTally.Sums(read: 9_000_000_150, valid: 100, rejected: 9_000_000_050))
    #expect(check.money[usd] == MoneyTally.Sums(read: 100_000_000, valid: 0, rejected: 100_000_000))
  }
}
