import BillLedger
import BillModel
import BillReports
import Hashing
import RunPipeline

/// What one ledger knows: what runs now, and what ran last.
struct StatusReport {
  /// A file run with the records that its check found.
  struct Run {
    let run: FileRun
    let check: FileCheckRecord?
    /// Why it is held, where it is, as far as its figures say.
    let reason: String?

    /// Rows by outcome, the rejected ones and those that were not sent with them.
    var outcomes: [RowOutcome: Int] {
      var outcomes = run.rows.settled
      outcomes[.unknown] = run.rows.unresolved > 0 ? run.rows.unresolved : nil
      guard let check else { return outcomes }
      if check.invalid > 0 { outcomes[.rejected, default: 0] += check.invalid }
      let left = check.recordsRead - outcomes.values.reduce(0, +)
      if left > 0 { outcomes[.notSent] = left }
      return outcomes
    }
  }

  let path: String
  let environment: EnvironmentStamp
  let now: RunStatus?
  let runs: [Run]

  /// - Parameters:
  ///   - name: of the file that is asked for, or the first digits of its digest, or its feed.
  ///   - most: how many runs.
  init(_ ledger: Ledger, of name: String?, most: Int) throws(LedgerError) {
    path = ledger.path
    environment = ledger.environment
    let file = name.map { String($0.split(separator: "/").last ?? "") }
    let status = StatusFile(ledger: ledger.path).read(now: .now)
    now = file == nil || status?.file == file ? status : nil
    var runs: [Run] = []
    for run in try ledger.latestFileRuns(limit: file == nil ? most : 100_000) where runs.count < most {
      if let file, run.file.name != file, run.file.digest.short != file, run.feed != file { continue }
      runs.append(Run(run: run, check: try ledger.check(of: run.id), reason: try Self.reason(run, ledger)))
    }
    self.runs = runs
  }

  private static func reason(_ run: FileRun, _ ledger: Ledger) throws(LedgerError) -> String? {
    guard run.isHeld, let figures = try ledger.figures(of: run.id) else { return nil }
    let history = try ledger.history(before: run, limit: GuardBounds().files)
    let lines = GuardText(report: HistoryGuard().judge(figures, feed: run.feed, history: history)).lines
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }

  /// What is told to programs: `schemas/status.schema.json`.
  func write(to json: inout JSONText) {
    json.object { json in
      json.string("ledger", path)
      json.object("environment") {
        $0.string("endpoint", environment.origin)
        $0.string("mode", environment.mode.rawValue)
        $0.string("merchant", environment.merchant)
      }
      if let now { write(now, to: &json) }
      json.array("files") { list in for run in runs { write(run, to: &list) } }
    }
  }

  private func write(_ now: RunStatus, to json: inout JSONText) {
    json.object("now") { json in
      json.integer("pid", now.pid)
      json.string("file", now.file)
      json.string("stage", now.stage.rawValue)
      json.integer("done", now.done)
      if let total = now.total { json.integer("total", total) }
      json.seconds("rows_per_second", now.perSecond)
      if let limit = now.limit { json.seconds("requests_per_second_limit", limit) }
      if let left = now.secondsLeft { json.seconds("seconds_left", left) }
      if let pause = now.throttledFor { json.integer("throttled_for_seconds", pause) }
    }
  }

  private func write(_ run: Run, to json: inout JSONText) {
    json.object { json in
      json.string("name", run.run.file.name)
      json.string("sha256", run.run.file.digest.hex)
      json.string("state", run.run.state.rawValue)
      if let verdict = run.run.verdict { json.string("verdict", verdict.rawValue) }
      if let reason = run.reason { json.string("reason", reason) }
      json.string("feed", run.run.feed)
      json.boolean("finished", run.run.isFinished)
      json.string("started_at", run.run.startedAt.rfc3339)
      json.object("outcomes") { json in
        for outcome in RowOutcome.allCases { json.integer(outcome.rawValue, run.outcomes[outcome] ?? 0) }
      }
    }
  }
}
