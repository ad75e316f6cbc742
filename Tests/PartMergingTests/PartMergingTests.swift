import BillIntake
import BillLayouts
import BillModel
import BillReports
import Foundation
import Hashing
import SeededRandoms
import Testing

@testable import PartMerging

/// Parts joined, against the same rows in one file.
@Suite struct PartMergingTests {
  private static let heading =
    "external_reference,currency,amount_due,bill_date,due_date,account.external_reference,account.customer.external_reference\n"

  private let folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)")

  /// Checks text and writes what `validate --references` does of it, as far as joining reads it.
  private func report(
    _ rows: [String], as name: String, _ policy: DuplicatePolicy = .reject, layout: Layout = .standard(),
    heading: String = Self.heading
  ) throws -> PartReport {
    var layout = layout
    layout.duplicates = policy
    let intake = try Intake(layout: layout, options: IntakeOptions(threads: 1))
    let text = heading + rows.map { $0 + "\n" }.joined()
    let check = try intake.check(.memory(Array(text.utf8), name: name), temporaryFolder: folder.path)
    let place = folder.appending(path: "\(name)/validate")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var money: [CurrencyCode: Int64] = [:]
    var (valid, bad): ([CurrencyCode: Int64], [CurrencyCode: Int64]) = ([:], [:])
    for currency in check.money.currencies {
      money[currency] = check.money[currency].read
      valid[currency] = check.money[currency].valid
      bad[currency] = check.money[currency].rejected
    }
    var accounting = Accounting(recordsRead: check.recordsRead, moneyRead: money)
    accounting.count(.notSent, rows: check.valid, money: valid)
    accounting.count(.rejected, rows: check.invalid, money: bad)
    let summary = Summary(
      command: "validate", verdict: check.invalid == 0 ? .complete : .completeWithRejects, fileName: name,
      byteCount: check.byteCount, digest: check.digest, recordsValid: check.valid, recordsInvalid: check.invalid,
      accounting: accounting, findings: check.findingCounts, startedAt: WallTime(milliseconds: 0), seconds: 0)
    try ClaimWriter.write(check, of: intake, into: place.path)
    try Data(summary.json(indents: true).text.utf8).write(to: place.appending(path: "summary.json"))
    return try PartReport(folder: place.path)
  }

  private func row(_ reference: String, _ amount: Int, _ account: String = "A", _ customer: String = "C") -> String {
    "\(reference),ZAR,\(amount),2026-01-01,2026-02-01,\(account),\(customer)"
  }

  private func joined(_ parts: [PartReport]) throws -> Summary {
    let report = try PartsMerge(parts, name: "all").run(
      reports: folder.appending(path: "joined").path, startedAt: WallTime(milliseconds: 0))
    try report.finish(seconds: 1)
    let summary = try #require(report.summary)
    #expect(summary.accounting.discrepancies == [])
    return summary
  }

  @Test func `told to end, it joins nothing and leaves nothing behind`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let part = try report((1...5_000).map { row("R-\($0)", 100) }, as: "part.csv")
    let fault = #expect(throws: PartFault.self) {
      _ = try PartsMerge([part], name: "all").run(
        reports: folder.appending(path: "joined").path, startedAt: WallTime(milliseconds: 0), isInterrupted: { true })
    }
    guard case .interrupted? = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
    let left = FileManager.default.enumerator(atPath: folder.appending(path: "joined").path)
    let names = left?.compactMap { $0 as? String } ?? []
    #expect(!names.contains { $0.hasSuffix(".tmp") }, "\(names)")
  }

  @Test(arguments: [DuplicatePolicy.reject, .first], 0..<60)
  func `parts joined are judged as one file of all their rows`(policy: DuplicatePolicy, round: Int) throws {
    let seed = UInt64.random(in: 0 ..< .max)
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // An account of its own for each reference that may come twice, so that the rules don't meet in one row.
    let rows = (0..<60).map { _ in
      let reference = Int.random(in: 0..<50, using: &random)
      let amount = Int.random(in: 0..<8, using: &random) == 0 ? 0 : 100 + Int.random(in: 0..<2, using: &random)
      return row("R-\(reference)", amount, "A-\(reference)", "C-\(reference)")
    }
    let cuts = [0, Int.random(in: 0...30, using: &random), Int.random(in: 31...60, using: &random), 60]
    let parts = try (0..<3).map { try report(Array(rows[cuts[$0]..<cuts[$0 + 1]]), as: "part-\($0).csv", policy) }
    let whole = try report(rows, as: "whole.csv", policy)
    let summary = try joined(parts)
    #expect(summary.recordsValid == whole.recordsValid)
    #expect(summary.accounting.outcomes[.rejected] ?? 0 == whole.outcomes[.rejected] ?? 0)
    #expect(summary.accounting.moneyRead == whole.moneyRead)
    for (currency, sums) in whole.money {
      for (outcome, sum) in sums { #expect(summary.accounting.money[currency]?[outcome] ?? 0 == sum) }
    }
    #expect(summary.verdict == whole.verdict)
  }

  @Test(arguments: [
    (#""read": 200"#, #""read": 9000000000000000000"#), (#""records": {"#, #""records": { "read": -1,"#),
    (#""not_sent": 2"#, #""not_sent": 9000000000000000000"#),
  ])
  func `a summary with figures that can't be counted is refused as damaged`(old: String, new: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let part = try report([row("R-1", 100), row("R-2", 100)], as: "part.csv")
    let path = part.folder + "/summary.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != text, "\(text)")
    try Data(changed.utf8).write(to: URL(filePath: path))
    let fault = #expect(throws: PartFault.self) { try PartReport(folder: part.folder) }
    guard case .damaged? = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
  }

  @Test func `parts whose sums can't be counted together are refused`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let part = try report([row("R-1", 100)], as: "part.csv")
    let path = part.folder + "/summary.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(text.replacing(": 100", with: ": 10000000000000000").utf8).write(to: URL(filePath: path))
    let large = try PartReport(folder: part.folder)
    let fault = #expect(throws: PartFault.self) {
      _ = try PartsMerge([PartReport](repeating: large, count: 1000), name: "all")
    }
    guard case .damaged? = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
  }

  @Test func `an account with two customers in two parts is rejected in both`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let one = try report([row("R-1", 100, "A-1", "C-1"), row("R-2", 200, "A-2", "C-2")], as: "one.csv")
    let other = try report([row("R-3", 300, "A-1", "C-9"), row("R-4", 400, "A-2", "C-2")], as: "other.csv")
    let summary = try joined([one, other])
    #expect(summary.recordsValid == 2 && summary.verdict == .completeWithRejects)
    #expect(summary.findings.map(\.code) == [.fileAccountCustomers])
    #expect(summary.findings[0].count == 2 && summary.findings[0].firstRecord == 1)
    #expect(summary.accounting.money[try #require(CurrencyCode("ZAR"))]?[.rejected] == 400)
  }

  @Test func `where the first counts, an account stays with its first customer`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let one = try report([row("R-1", 100, "A-1", "C-1"), row("R-2", 200, "A-2", "A-2")], as: "one.csv", .first)
    let other = try report(
      [row("R-3", 300, "A-1", "C-9"), row("R-4", 400, "A-2", "A-2"), row("R-5", 500, "A-3", "C-3")], as: "other.csv",
      .first)
    let third = try report([row("R-6", 600, "A-1", "C-1"), row("R-7", 700, "A-2", "C-9")], as: "third.csv", .first)
    let summary = try joined([one, other, third])
    #expect(summary.recordsValid == 5)
    #expect(summary.accounting.money[try #require(CurrencyCode("ZAR"))]?[.rejected] == 1000)
  }

  @Test(arguments: [DuplicatePolicy.reject, .first], 0..<20)
  func `rows that raise no bill are joined as one file of them all is judged`(policy: DuplicatePolicy, round: Int)
    throws
  {
    let seed = UInt64.random(in: 0 ..< .max)
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let layout = try Layout(
      json: Array(#"{ "name": "x", "format": "csv", "zero_bills": "skip", "negative_bills": "balance" }"#.utf8))
    // Either a reference comes twice or an account has several customers, each in parts of its own: rules don't meet in one
    // row, and no part has rejected what tells against another.
    let cuts = [0, Int.random(in: 0...30, using: &random), Int.random(in: 31...60, using: &random), 60]
    let rows = (0..<60).map { place in
      let amount = [-500, 0, 100, 200].randomElement(using: &random) ?? 0
      guard Bool.random(using: &random) else {
        let account = Int.random(in: 0..<20, using: &random)
        let part = cuts.count { $0 <= place }
        return row("S-\(place)", amount, "B-\(account)", "D-\(account % 3 == 0 ? 0 : part)")
      }
      let reference = Int.random(in: 0..<30, using: &random)
      return row("R-\(reference)", amount, "A-\(reference)", "C-\(reference)")
    }
    let parts = try (0..<3).map {
      try report(Array(rows[cuts[$0]..<cuts[$0 + 1]]), as: "part-\($0).csv", policy, layout: layout)
    }
    let whole = try report(rows, as: "whole.csv", policy, layout: layout)
    let summary = try joined(parts)
    #expect(summary.recordsValid == whole.recordsValid)
    for (currency, sums) in whole.money {
      for (outcome, sum) in sums { #expect(summary.accounting.money[currency]?[outcome] ?? 0 == sum) }
    }
  }

  @Test func `what is said of a row names both parts and both records`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let one = try report([row("R-1", 100), row("R-2", 100)], as: "one.csv")
    let other = try report([row("R-3", 100), row("R-4", 100), row("R-2", 100), row("R-1", 999)], as: "other.csv")
    let summary = try joined([one, other])
    #expect(summary.recordsValid == 3)
    let found = try #require(summary.reportFolder)
    let lines = try String(contentsOfFile: found + "/issues.csv", encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(
      Set(lines.map { $0.split(separator: ",").prefix(5).joined(separator: ",") }) == [
        "other.csv,3,file.duplicate-row,one.csv,2", "one.csv,1,file.duplicate-reference,other.csv,4",
        "other.csv,4,file.duplicate-reference,one.csv,1",
      ])
  }

  @Test func `runs of any size are joined alike`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let intake = try Intake(layout: .standard(), options: IntakeOptions(threads: 1))
    let rows = (0..<500).map { row("R-\($0 * 7919 % 400)", 100, "A-\($0 % 30)", "C-\($0 % 30)") }
    let text = Self.heading + rows.joined(separator: "\n")
    let check = try intake.check(.memory(Array(text.utf8), name: "x"), temporaryFolder: folder.path)
    var seen: [[PartClaim]] = []
    for most in [1, 7, 1 << 20] {
      let header = ClaimHeader(file: check.digest, layout: check.layout.digest, duplicates: .reject)
      let writer = try ClaimWriter(folder: folder.path, header: header, mostEntries: most)
      var cursor = intake.rows(check, tellsValues: true)
      while case let next = try cursor.next(limit: 9), !next.isEmpty {
        for (index, row) in next.enumerated() { try writer.add(row, values: cursor.values(at: index)) }
      }
      try writer.finish()
      var merged = try MergedRuns<PartClaim>([ClaimFile(path: folder.path + "/references.bin")])
      var (all, group): ([PartClaim], [MergedRuns<PartClaim>.Item]) = ([], [])
      repeat {
        try merged.nextGroup(into: &group)
        all += group.map(\.entry)
      } while !group.isEmpty
      seen.append(all)
    }
    #expect(seen[0].count == 500 && seen[0] == seen[1] && seen[1] == seen[2])
  }

  @Test func `a claims file that is cut, changed or of another file is refused`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let part = try report([row("R-1", 100), row("R-2", 100)], as: "one.csv")
    let other = try report([row("R-1", 100), row("R-3", 100)], as: "other.csv")
    let (path, whole) = (part.claims, try Data(contentsOf: URL(filePath: part.claims)))
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: URL(filePath: path))
      #expect(throws: PartFault.self, "\(count) bytes") { try PartsMerge([part], name: "all") }
      var changed = whole
      changed[count] ^= 4
      try changed.write(to: URL(filePath: path))
      #expect(throws: PartFault.self, "byte \(count)") { try PartsMerge([part], name: "all") }
    }
    try (whole + [0]).write(to: URL(filePath: path))
    #expect(throws: PartFault.self) { try PartsMerge([part], name: "all") }
    try Data(contentsOf: URL(filePath: other.claims)).write(to: URL(filePath: path))
    #expect(throws: PartFault.self) { try PartsMerge([part], name: "all") }
    try whole.write(to: URL(filePath: path))
    #expect(throws: Never.self) { try PartsMerge([part, other], name: "all", expected: 2) }
    #expect(throws: PartFault.self) { try PartsMerge([part, other], name: "all", expected: 3) }
  }

  @Test(arguments: [-1, (1 << 46) + 1, Int64.max] as [Int64])
  func `a summary with a size that no file has is damaged`(_ size: Int64) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let part = try report([row("R-1", 100)], as: "one.csv")
    let path = part.folder + "/summary.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacing(#""bytes": \#(part.byteCount)"#, with: #""bytes": \#(size)"#)
    #expect(changed != text)
    try Data(changed.utf8).write(to: URL(filePath: path))
    #expect(throws: PartFault.self) { try PartReport(folder: part.folder) }
  }

  /// What stands of some rows in two parts, and in one file of both.
  private func standing(
    _ parts: [[String]], _ policy: DuplicatePolicy, _ layout: Layout, headings: [String]
  ) throws -> (joined: Int, whole: Int) {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let reports = try parts.indices.map {
      try report(parts[$0], as: "part-\($0).csv", policy, layout: layout, heading: headings[$0 % headings.count])
    }
    let whole = try report(Array(parts.joined()), as: "whole.csv", policy, layout: layout, heading: headings[0])
    return (try joined(reports).recordsValid, whole.recordsValid)
  }

  @Test(arguments: [DuplicatePolicy.reject, .first])
  func `rows of two parts are the same by what they say, not by how they are written`(policy: DuplicatePolicy) throws {
    let parents = try Layout(
      json: Array(
        """
        { "name": "p", "format": "csv",
          "records": { "by": 1, "detail": "B", "parent": { "value": "C", "columns": { "num": 2 } } },
          "fields": { "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amt",
                      "customer.external_reference": { "parent": "num" } } }
        """.utf8))
    let below = try standing(
      [["C,7,", "B,P-1,100", "B,P-2,1"], ["C,8,", "B,P-1,100"]], policy, parents, headings: ["k,ref,amt\n"])
    #expect(below.joined == below.whole && below.joined == (policy == .first ? 2 : 1))
    let heads = ["external_reference,currency,amount_due,customer.external_reference\n"]
    let quoted = try standing(
      [["B1,ZAR,100,C1"], ["\"B1\",\"ZAR\",100,C1"]], policy, .standard(), headings: heads)
    #expect(quoted.joined == quoted.whole && quoted.joined == 1)
    // The same bytes below other headings, and other bytes that say the same.
    let swapped = heads + ["customer.external_reference,currency,amount_due,external_reference\n"]
    #expect(try standing([["B1,ZAR,1,C1"], ["C1,ZAR,1,B1"]], policy, .standard(), headings: swapped).joined == 1)
  }
}
