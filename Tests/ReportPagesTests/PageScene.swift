import BillModel
import BillReports
import Foundation
import FoundationXML
import Hashing
import Testing

@testable import ReportPages

/// A file with some of everything, and its page.
struct PageScene {
  var summary: Summary
  var material: PageMaterial

  static let zar = CurrencyCode("ZAR").unsafelyUnwrapped
  static let usd = CurrencyCode("USD").unsafelyUnwrapped

  init(_ verdict: Verdict = .completeWithRejects, command: String = "submit", fileName: String = "nightly.csv") {
    var accounting = Accounting(recordsRead: 1_000, moneyRead: [Self.zar: 78_938_014, Self.usd: 500])
    accounting.count(.created, rows: 990, money: [Self.zar: 78_900_000, Self.usd: 500])
    accounting.count(.rejected, rows: 8, money: [Self.zar: 38_000])
    accounting.count(.conflict, rows: 2, money: [Self.zar: 14])
    let counts = [FindingCount(code: .amountRange, severity: .error, count: 8, firstRecord: 4)]
    summary = Summary(
      command: command, verdict: verdict, fileName: fileName, byteCount: 160_000, digest: Self.digest(1),
      recordsValid: 992, recordsInvalid: 8, accounting: accounting, findings: counts,
      requests: RequestCounts(sent: 1_010, retried: 18, throttled: 3, replayed: 0),
      startedAt: WallTime(milliseconds: 1_795_671_720_000), seconds: 2.41)
    let row = PageFinding.Row(
      line: 5, message: "amount_due is 0.", hint: "At least 1.", pieces: ["INV-4", ",", "0", ",", "T***** M*****"],
      marked: 2)
    material = PageMaterial(
      findings: counts.map { PageFinding(count: $0, rows: [row, row]) },
      facts: RunFacts(version: "9.9.9", layoutName: "default", layoutDigest: "0123456789ab"), pace: Self.pace,
      fileNames: ["rows.csv", "issues.csv", "rejected.csv"])
    var amounts = AmountHistogram()
    for amount in stride(from: Int64(100), to: 1_000_000, by: 7_919) { amounts.add(amount) }
    summary.amounts = [Self.zar: amounts]
    (material.facts.endpoint, material.facts.mode, material.facts.inFlight) = ("https://api.example", "test", 32)
  }

  static func digest(_ number: Int) -> SHA256Digest? {
    SHA256Digest(hex: String(String(String(number).reversed()) + String(repeating: "0", count: 64)).prefix(64))
  }

  static var pace: PaceLog {
    var log = PaceLog(at: 0)
    for step in 0..<1_000 as Range<UInt64> {
      log.settled(at: step * 20_000_000)
      log.ended(
        at: step * 20_000_000, took: 30_000_000 + step * 10_000, isThrottled: step % 300 == 0, isAnswered: true)
      log.note(at: step * 20_000_000, limit: 60, isPaused: (300..<350).contains(step))
    }
    return log
  }

  var html: String { String(decoding: ReportPage(summary, material).utf8, as: UTF8.self) }

  /// The page as XML, which ours are but for the first line: proves that every element is closed.
  static func document(_ html: String) throws -> XMLDocument {
    let body = html.drop { $0 != "\n" }
    return try XMLDocument(xmlString: String(body), options: [])
  }
}
