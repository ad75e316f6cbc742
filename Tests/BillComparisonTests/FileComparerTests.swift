import BillIntake
import BillLayouts
import BillModel
import Testing

@testable import BillComparison

@Suite struct FileComparerTests {
  private static let headings =
    "external_reference,currency,amount_due,bill_date,due_date,account.external_reference,"
    + "account.customer.external_reference,account.customer.name\n"

  private func compare(
    _ old: String, _ new: String, _ operation: OperationKind = .bill
  ) throws -> (FileComparison, [FileChange]) {
    var layout = Layout.standard()
    layout.operation = operation
    let intake = try Intake(layout: layout, options: IntakeOptions(threads: 2))
    var comparer = FileComparer(folder: "/tmp")
    for (name, text) in [("old", old), ("new", new)] {
      let check = try intake.check(.memory(Array(text.utf8), name: name), temporaryFolder: "/tmp")
      #expect(try comparer.take(check, intake, isCancelled: { false }))
    }
    var changes: [FileChange] = []
    let comparison = try comparer.compare(isCancelled: { false }) { changes.append($0) }
    changes.sort { ($0.kind.rawValue, $0.reference) < ($1.kind.rawValue, $1.reference) }
    return (try #require(comparison), changes)
  }

  private func row(
    _ reference: String, amount: Int = 100, due: String = "2025-07-25", account: String = "A", customer: String = "C",
    name: String = "N"
  ) -> String {
    "\(reference),ZAR,\(amount),2025-07-01,\(due),\(account),\(customer),\(name)\n"
  }

  @Test func `a file is the same as itself, in whatever order its rows stand`() throws {
    let rows = (1...300).map {
      row("B\($0)", amount: $0, account: "A\($0 % 7)", customer: "C\($0 % 7)", name: "N\($0 % 7)")
    }
    let (comparison, changes) = try compare(
      Self.headings + rows.joined(), Self.headings + rows.reversed().joined())
    #expect(comparison.same == 300 && changes.isEmpty)
    #expect(comparison.old.bills == 300 && comparison.new.money == comparison.old.money)
  }

  @Test func `bills added, gone and changed are told with their records and the fields that differ`() throws {
    let (comparison, changes) = try compare(
      Self.headings + row("KEPT") + row("GONE") + row("CHANGED", name: "N"),
      Self.headings + row("ADDED") + row("CHANGED", amount: 250, due: "2025-08-01") + row("KEPT"))
    #expect(comparison.same == 1 && comparison.added == 1 && comparison.gone == 1 && comparison.changed == 1)
    #expect(comparison.changedFields == ["amount_due": 1, "due_date": 1])
    #expect(
      changes == [
        FileChange(kind: .added, reference: "ADDED", oldRecord: nil, newRecord: 1),
        FileChange(
          kind: .changed, reference: "CHANGED", oldRecord: 3, newRecord: 2,
          fields: [
            FileChange.Field(path: "amount_due", old: "100", new: "250"),
            FileChange.Field(path: "due_date", old: "2025-07-25", new: "2025-08-01"),
          ]),
        FileChange(kind: .gone, reference: "GONE", oldRecord: 2, newRecord: nil),
      ])
    let zar = try #require(CurrencyCode("ZAR"))
    #expect(comparison.old.money == [zar: 300] && comparison.new.money == [zar: 450])
  }

  @Test func `parties are new and gone by kind, and one that only moves is neither`() throws {
    let (comparison, changes) = try compare(
      Self.headings + row("1", account: "A1", customer: "C1") + row("2", account: "X", customer: "C2"),
      Self.headings + row("2", account: "A1", customer: "C1") + row("3", account: "A2", customer: "X")
        + row("4", account: "A2", customer: "X"))
    #expect(comparison.customers.new == 1 && comparison.customers.gone == 1)
    #expect(comparison.accounts.new == 1 && comparison.accounts.gone == 1)
    let parties = changes.filter { $0.kind.rawValue.contains("_") }
    #expect(
      parties == [
        FileChange(kind: .accountGone, reference: "X", oldRecord: 2, newRecord: nil),
        FileChange(kind: .accountNew, reference: "A2", oldRecord: nil, newRecord: 2),
        FileChange(kind: .customerGone, reference: "C2", oldRecord: 2, newRecord: nil),
        FileChange(kind: .customerNew, reference: "X", oldRecord: nil, newRecord: 2),
      ])
  }

  @Test func `a bill whose row is rejected now is not gone, and one that is mended is added`() throws {
    let (comparison, changes) = try compare(
      Self.headings + row("FINE") + row("BAD", amount: 0), Self.headings + row("FINE", amount: 0) + row("BAD"))
    #expect(comparison.nowRejected == 1 && comparison.added == 1 && comparison.gone == 0 && comparison.changed == 0)
    #expect(comparison.old.rejected == 1 && comparison.new.rejected == 1)
    #expect(changes.map(\.kind) == [.added, .rejected])
  }

  @Test func `columns in another order, quotes and a column left out change no bill that has the same values`() throws {
    let (comparison, changes) = try compare(
      "external_reference,currency,amount_due,customer.external_reference,customer.name,metadata.note\n"
        + "1,ZAR,5,C,N,\n2,ZAR,6,C,N,x\n",
      "customer.external_reference,amount_due,customer.name,\"external_reference\",currency\n"
        + "C,5,\"N\",1,ZAR\nC,\"6\",N,2,ZAR\n")
    #expect(comparison.same == 1 && comparison.changed == 1)
    #expect(changes.first?.fields == [FileChange.Field(path: "metadata.note", old: "x", new: "")])
  }

  // MARK: Files of other operations

  private static let payments = "external_reference,currency,payment_amount,payment_reference\n"

  @Test func `payments are told apart by their own references, however many of them one bill has`() throws {
    let rows = (1...5_000).map { "INV-1,ZAR,\($0),P\($0)\n" }
    let old = Self.payments + rows.joined()
    let (comparison, changes) = try compare(old, Self.payments + rows.reversed().joined(), .paymentAdded)
    #expect(comparison.same == 5_000 && changes.isEmpty)
    let new = Self.payments + "INV-1,ZAR,1,P1\nINV-1,ZAR,9,P2\nINV-2,ZAR,1,P0\n"
    let (fewer, others) = try compare(old, new, .paymentAdded)
    #expect(fewer.same == 1 && fewer.changed == 1 && fewer.added == 1 && fewer.gone == 4_998)
    #expect(others.first { $0.kind == .changed }?.reference == "P2")
    let (rejected, _) = try compare(Self.payments + rows[0], Self.payments + "INV-1,ZAR,0,P1\n", .paymentAdded)
    #expect(rejected.nowRejected == 1 && rejected.gone == 0)
  }

  @Test func `balances are told apart by the parties that have them`() throws {
    let heading = "customer.external_reference,customer.currency,customer.balance\n"
    let (comparison, changes) = try compare(
      heading + "C0,ZAR,1\nC1,ZAR,5\nC2,ZAR,6\n", heading + "C1,ZAR,7\nC0,ZAR,1\nC3,ZAR,8\n", .customerBalance)
    #expect(comparison.same == 1 && comparison.changed == 1 && comparison.added == 1 && comparison.gone == 1)
    #expect(changes.first { $0.kind == .changed }?.fields.map(\.path) == ["customer.balance"])
  }

  @Test func `rows of a file of several operations are told apart by what they ask for, too`() throws {
    let heading =
      "operation,external_reference,currency,amount_due,payment_amount,payment_reference,customer.external_reference,"
      + "customer.currency,customer.balance\n"
    let rows = [
      "bill,INV-1,ZAR,100,,,C1,,\n", "payment-added,INV-1,ZAR,,10,P1,,,\n", "payment-added,INV-1,ZAR,,20,P2,,,\n",
      "customer-balance,,,,,,C1,ZAR,5\n", "void,INV-2,,,,,,,\n",
    ]
    let old = heading + rows.joined()
    let (comparison, changes) = try compare(old, heading + rows.reversed().joined(), .mixed)
    #expect(comparison.same == 5 && changes.isEmpty, "\(comparison) \(changes)")
    let (fewer, _) = try compare(old, heading + rows[0] + rows[2] + "payment-added,INV-1,ZAR,,10,INV-2,,,\n", .mixed)
    #expect(fewer.same == 2 && fewer.gone == 3 && fewer.added == 1 && fewer.changed == 0)
  }

  @Test func `headings alone are a file without bills`() throws {
    let (comparison, changes) = try compare(Self.headings, Self.headings + row("1"))
    #expect(comparison.added == 1 && comparison.old.bills == 0 && comparison.customers.new == 1)
    #expect(changes.count == 3)
    #expect(try compare(Self.headings, Self.headings).1.isEmpty)
  }

  /// Against a comparison by dictionaries, with more rows than a bucket keeps in memory.
  @Test func `random files differ as dictionaries say`() throws {
    var random = SystemRandomNumberGenerator()
    let seed = random.next()
    var state = seed
    func next(_ below: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % Int(below)
    }
    func file() -> (String, [String: String]) {
      var text = Self.headings
      var bills: [String: String] = [:]
      for number in 0..<30_000 where next(10) > 0 {
        let line = row(
          "B\(number)", amount: 1 + next(3), account: "A\(number)", customer: "C\(number)",
          name: String(repeating: "n", count: 200 + next(2)))
        bills["B\(number)"] = line
        text += line
      }
      return (text, bills)
    }
    let (old, new) = (file(), file())
    let (comparison, changes) = try compare(old.0, new.0)
    let common = Set(old.1.keys).intersection(new.1.keys)
    let changed = common.filter { old.1[$0] != new.1[$0] }
    #expect(comparison.changed == changed.count, "seed \(seed)")
    #expect(comparison.same == common.count - changed.count, "seed \(seed)")
    #expect(
      comparison.added == new.1.count - common.count && comparison.gone == old.1.count - common.count, "seed \(seed)")
    #expect(Set(changes.filter { $0.kind == .changed }.map(\.reference)) == changed, "seed \(seed)")
    #expect(comparison.customers.new == comparison.added && comparison.accounts.gone == comparison.gone, "seed \(seed)")
  }
}
