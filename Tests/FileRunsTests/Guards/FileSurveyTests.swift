import BillIntake
import BillLayouts
import BillLedger
import BillModel
import FoundationEssentials
import Hashing
import SeededRandoms
import SubmitPass
import Testing

@testable import FileRuns

/// What a check says of a file is what its rows add up to.
@Suite struct FileSurveyTests {
  private static let layouts = ["a", "b", "c", "d", "e", "payment", "mixed"]

  private static func layout(_ name: String) throws -> Layout {
    let members =
      switch name {
      case "b": #""duplicates": "first""#
      case "c": #""negative_bills": "skip""#
      case "d": #""zero_bills": "skip""#
      case "e": #""negative_bills": "balance""#
      case "payment", "mixed": "\"operation\": \"\(name)\""
      default: #""duplicates": "reject""#
      }
    return try Layout(json: Array("{\"name\": \"\(name)\", \"format\": \"csv\", \(members)}".utf8))
  }

  private let folder = FileManager.default.temporaryDirectory.path + "/survey-\(UInt64.random(in: 0...UInt64.max))"

  private func ledger(_ name: String) throws(LedgerError) -> Ledger {
    try Ledger(
      path: "\(folder)/\(name).sqlite", environment: EnvironmentStamp(origin: "https://api.example", mode: .test),
      now: .now)
  }

  private func run(_ ledger: Ledger, _ name: String) throws(LedgerError) -> FileRunID {
    try ledger.openFileRun(
      FileIdentity(digest: SHA256Digest(hashing: name), name: name, byteCount: 1),
      layout: LayoutIdentity(digest: SHA256Digest(hashing: name), name: name, duplicates: "reject"), approval: nil,
      now: .now
    ).id
  }

  private func figures(_ intake: Intake, _ check: FileCheck, _ ledger: Ledger) throws -> FileFigures {
    var survey = FileSurvey(ledger, try run(ledger, "\(UInt64.random(in: 0...UInt64.max))"))
    #expect(try survey.run(intake, check, isCancelled: { false }))
    return survey.figures
  }

  @Test(arguments: layouts)
  func `a ledger that knows nothing gets the figures that reading the rows gives`(layout: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (empty, other) = (try ledger("empty"), try ledger("other"))
    // A ledger that knows something, but nothing of these files: each of their rows is looked up.
    var batch = LedgerBatch()
    batch.parties = [KnownParty(key: PartyKey(.customer, "elsewhere"), id: "bcus_1")]
    _ = try other.commit(batch, fileRun: try run(other, "before"), now: .now)
    #expect(empty.knowsNothing && !other.knowsNothing)
    let intake = try Intake(
      layout: try Self.layout(layout), options: IntakeOptions(blockSize: 1 << 12, threads: 2))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    var known = 0
    for round in 0..<40 {
      let table = Self.table(layout, rows: Int.random(in: 0...300, using: &random), &random)
      let check = try intake.check(.memory(Array(table.utf8), name: "a.csv"), temporaryFolder: folder)
      guard check.fileFinding == nil else { continue }
      if check.figuresWhereNothingIsKnown != nil { known += 1 }
      let (said, read) = (try figures(intake, check, empty), try figures(intake, check, other))
      #expect(said == read, "seed \(seed), round \(round)")
    }
    #expect((known > 0) == ["a", "b"].contains(layout))
  }

  @Test func `where a row of the largest amount is rejected by another, the rows are read`() throws {
    let intake = try Intake(options: IntakeOptions(threads: 1))
    // Both rows of the reference B go: of less than the row that stands, one of as much, one of more.
    for (amount, isKnown) in [(7, true), (8, false), (9, false)] {
      let rows = [("A", 8), ("B", 5), ("B", amount)].map { "\($0.0),ZAR,\($0.1),C1\n" }.joined()
      let text = "external_reference,currency,amount_due,customer.external_reference\n" + rows
      let check = try intake.check(.memory(Array(text.utf8), name: "a.csv"), temporaryFolder: "/tmp")
      #expect(check.valid == 1)
      let zar = try #require(CurrencyCode("ZAR"))
      let expected = FileFigures(rows: 1, newCustomerRows: 1, money: [zar: FileFigures.Money(total: 8, largest: 8)])
      #expect(check.figuresWhereNothingIsKnown == (isKnown ? expected : nil))
    }
  }

  /// Bills with faults, repeated references, and parties that are named by references or, now and then, by ids.
  private static func table(_ layout: String, rows: Int, _ random: inout SeededRandom) -> String {
    let byID = random.oneIn(4)
    let operation = layout == "mixed" ? "operation," : ""
    let isPayment = layout == "payment"
    var text = "\(operation)external_reference,currency,\(isPayment ? "amount_paid" : "amount_due")"
    text += isPayment ? "\n" : ",customer.external_reference,customer.name\(byID ? ",customer" : "")\n"
    let most = random.pick([2, 3, 5])
    for row in 0..<rows {
      if !operation.isEmpty { text += random.pick(["bill,", "void,", "bill,"]) }
      let reference = random.oneIn(9) ? "R\(Int.random(in: 0...max(0, row), using: &random))" : "R\(row)"
      let currency = random.oneIn(30) ? "xx" : random.pick(Array(["ZAR", "ZAR", "USD", "EUR", "JPY"].prefix(most)))
      let amount =
        random.oneIn(20)
        ? random.pick(["0", "-5", "x", "99999999"]) : "\(Int.random(in: 1...500, using: &random))"
      text += "\(reference),\(currency),\(amount)"
      let isNamed = byID && random.oneIn(2)
      let customer = isNamed ? ",,,bcus_1" : ",C\(row % 7),\(random.oneIn(40) ? "B" : "A")\(byID ? "," : "")"
      text += isPayment ? "\n" : customer + "\n"
    }
    return text
  }
}
