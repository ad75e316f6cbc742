import BillLedger
import BillModel
import DurableFiles
import FileRuns
import RunConfiguration
import Transport

/// Whether the ledger is there, whole, this environment's, and can be written; or can be made.
struct LedgerHealth {
  let account: AccountSettings
  /// The key's; `nil` without a key.
  let mode: EnvironmentStamp.Mode?
  let environment: [String: String]
  let now: WallTime

  func findings() -> [HealthFinding] {
    guard let path = account.ledger ?? stamp.flatMap({ LedgerPath.standard(for: $0, environment: environment) }) else {
      return [
        HealthFinding(
          .ledger, .warning, "Which ledger would be used can't be known.",
          cure: "Give a key, or name the ledger with --ledger; without HOME also XDG_STATE_HOME or STATE_DIRECTORY.")
      ]
    }
    if LedgerURL(path) != nil { return atServer(path) }
    let folder = FolderHealth(Directory.parent(of: path), of: "the ledger")
    guard
      Directory.hasAnything(path) || Directory.hasAnything(path + "-wal") || Directory.isLinkToNothing(path)
    else {
      return [fresh(path, in: folder)] + folder.findings()
    }
    return examine(path) + folder.findings()
  }

  private var stamp: EnvironmentStamp? {
    guard let mode, let url = try? HTTPBaseURL(account.endpoint) else { return nil }
    return EnvironmentStamp(origin: url.origin, mode: mode, merchant: account.merchant)
  }

  private func atServer(_ path: String) -> [HealthFinding] {
    do throws(LedgerError) {
      guard try Ledger.isThere(at: path) else {
        return [.ok(.ledger, "There is none yet: the first submission makes it in \(LedgerURL.shown(path)).")]
      }
    } catch { return [fault(error)] }
    return examine(path)
  }

  private func fresh(_ path: String, in folder: FolderHealth) -> HealthFinding {
    Ledger.isOnNetwork(folder.place)
      ? HealthFinding(
        .ledger, .fault, "\(path) would lie on a network file system, where its locks don't hold.",
        cure: "Name a --ledger on a local disk.")
      : .ok(.ledger, "There is none yet: the first submission makes \(path).")
  }

  private func examine(_ path: String) -> [HealthFinding] {
    do throws(LedgerError) {
      let ledger = try Ledger(observing: path)
      try ledger.checkIntegrity()
      return [whose(ledger)] + clock(ledger)
    } catch {
      return [fault(error)]
    }
  }

  private func fault(_ error: LedgerError) -> HealthFinding {
    let text = error.description
    let state: HealthFinding.State = if case .olderSchema = error { .warning } else { .fault }
    return HealthFinding(
      .ledger, state, text.prefix(1).uppercased() + text.dropFirst() + ".",
      cure: state == .fault ? "Change nothing in it, and don't remove it: it knows what was sent." : nil)
  }

  private func whose(_ ledger: Ledger) -> HealthFinding {
    let own = ledger.environment
    // A server's pages are its own to check.
    let state = LedgerURL(ledger.path) == nil ? "is whole" : "answers"
    guard let stamp, stamp != own else { return .ok(.ledger, "\(ledger.path) \(state).") }
    return HealthFinding(
      .ledger, .fault,
      "\(ledger.path) \(state), and belongs to \(own.origin), \(own.mode.rawValue) key, merchant \(own.merchant).",
      cure: "For this endpoint and key name another ledger, or the endpoint, key and merchant of this one.")
  }

  private func clock(_ ledger: Ledger) -> [HealthFinding] {
    let behind = (ledger.latestTime.milliseconds - now.milliseconds) / 1000
    guard behind > 0 else { return [] }
    return [
      HealthFinding(
        .clock, .fault,
        "The latest time in the ledger is \(behind) s ahead of this machine's clock: until that is past, no "
          + "idempotency key is relied on, and rows in doubt are looked up instead.",
        cure: "Where this machine's clock is behind (timedatectl), set it, and let NTP keep it. Where it is right, a "
          + "clock was ahead when the ledger was written, and the ledger is to be left as it is.")
    ]
  }
}
