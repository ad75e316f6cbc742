import BillLedger
import BillModel
import BillReports
import FileRuns
import Hashing
import RunPipeline

extension StatusReport {
  /// What is told to programs: `schemas/status.schema.json`.
  func write(to json: inout JSONText) {
    json.object { json in
      json.string("ledger", path)
      json.object("environment") {
        $0.string("endpoint", environment.origin)
        $0.string("mode", environment.mode.rawValue)
        $0.string("merchant", environment.merchant)
      }
      if let ahead { json.integer("ahead_seconds", Int(ahead / 1000)) }
      if let now { write(now, to: &json) }
      json.array("needs") { list in for need in needs { write(need, to: &list) } }
      if unread > 0 { json.integer("older_needs", unread) }
      json.array("drops") { list in
        for look in looks {
          list.object { json in
            json.string("drop", look.place)
            json.string("looked_at", look.at.rfc3339)
            json.array("untaken") { list in
              for need in untaken where need.place == look.place {
                list.object {
                  $0.string("file", need.name)
                  $0.string("reason", need.reason)
                }
              }
            }
          }
        }
      }
      if let day {
        json.object("day") {
          $0.string("date", day.date)
          $0.integer("requests", day.requests)
        }
      }
      json.array("files") { list in for run in runs { write(run, to: &list) } }
    }
  }

  private func write(_ need: DropNeed, to json: inout JSONText) {
    json.object { json in
      json.string("kind", need.kind.rawValue)
      json.string("drop", need.place)
      json.string("feed", need.feed)
      json.string("file", need.name)
      json.string("reason", need.reason)
      json.string("next", need.next(configuration: configuration))
      if let path = need.path { json.string("path", path) }
      if let approval = need.approval { json.string("approve", approval) }
      if let report = need.report { json.string("report", report) }
      json.string("since", need.since.rfc3339)
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
      if let wait = now.turnIn { json.integer("turn_in_seconds", wait) }
    }
  }

  private func write(_ run: Run, to json: inout JSONText) {
    json.object { json in
      json.string("name", run.run.file.name)
      json.string("sha256", run.run.file.digest.hex)
      json.string("state", run.run.state.rawValue)
      if let verdict = run.run.verdict { json.string("verdict", verdict.rawValue) }
      if let reason = run.reason { json.string("reason", reason) }
      if run.isTakenAway { json.boolean("taken_away", true) }
      if let replacement = run.replacement { json.string("replaced_by", replacement.hex) }
      json.string("feed", run.run.feed)
      json.boolean("finished", run.run.isFinished)
      json.string("started_at", run.run.startedAt.rfc3339)
      if let sharing = run.sharing {
        json.integer("ranges_left", sharing.left)
        json.array("sent_by") { list in
          for holder in sharing.holders {
            list.object { json in
              json.string("process", holder.name)
              json.integer("ranges", holder.ranges)
            }
          }
        }
      }
      json.object("outcomes") { json in
        for outcome in RowOutcome.allCases { json.integer(outcome.rawValue, run.outcomes[outcome] ?? 0) }
      }
    }
  }
}
