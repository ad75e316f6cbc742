import BillModel
import BillReports
import FoundationEssentials

extension FileRunEntry {
  /// What is read of a `summary.json`.
  private struct Written: Decodable {
    struct File: Decodable { var name: String }
    struct Records: Decodable { var read: Int }
    struct Step: Decodable {
      var below: Int64?
      var rows: Int
    }

    var command: String
    var verdict: String
    var feed: String?
    var file: File
    var records: Records
    var outcomes: [String: Int]
    var money: [String: [String: Int64]]
    var amounts: [String: [Step]]?
    var started_at: String
    var seconds: Double
  }

  /// The run that a `summary.json` tells of; `nil` for anything else.
  init?(json: [UInt8], folder: String, hasPage: Bool) {
    guard let written = try? JSONDecoder().decode(Written.self, from: Data(json)),
      let verdict = Verdict(rawValue: written.verdict), let startedAt = WallTime(rfc3339: written.started_at)
    else { return nil }
    var money: [CurrencyCode: [RowOutcome: Int64]] = [:]
    for (code, sums) in written.money {
      guard let currency = CurrencyCode(code) else { continue }
      for (outcome, sum) in sums {
        if let outcome = RowOutcome(rawValue: outcome) { money[currency, default: [:]][outcome] = sum }
      }
    }
    var outcomes: [RowOutcome: Int] = [:]
    for (outcome, rows) in written.outcomes {
      if let outcome = RowOutcome(rawValue: outcome) { outcomes[outcome] = rows }
    }
    self.init(
      command: written.command, verdict: verdict, fileName: written.file.name, feed: written.feed,
      startedAt: startedAt, seconds: written.seconds, read: written.records.read, outcomes: outcomes, money: money,
      folder: folder, hasPage: hasPage)
    for (code, steps) in written.amounts ?? [:] {
      guard let currency = CurrencyCode(code) else { continue }
      for step in steps { amounts[currency, default: AmountHistogram()].add(rows: step.rows, below: step.below) }
    }
  }
}
