package import BillModel
import BillReports
import FileRuns
import RunConfiguration

/// Looks at all that a submission needs, without sending a bill: key, API, clock, TLS, ledger, drops, folders, disk,
/// libraries. Each is a struct of its own, `…Health`, that tells its findings.
package struct Doctor {
  private let options: DoctorOptions
  private let now: WallTime

  package init(_ options: DoctorOptions, now: WallTime) {
    self.options = options
    self.now = now
  }

  /// What was found, in the order in which a submission would meet it.
  package func examine() -> [HealthFinding] {
    var findings: [HealthFinding] = []
    for account in options.accounts { findings += examine(account) }
    findings += receiptKey
    for drop in options.drops { findings += DropHealth(drop: drop, options: options).findings() }
    for path in options.reports { findings += FolderHealth(path, of: "reports").findings() }
    findings += FolderHealth(options.temporaryFolder, of: "temporary files").findings()
    return findings + LibraryHealth.findings()
  }

  /// Whatever can be known without what is at fault is looked at all the same.
  private func examine(_ account: AccountSettings) -> [HealthFinding] {
    let key = KeyHealth(account: account, environment: options.environment)
    let (found, secret) = key.examine()
    let endpoint = EndpointHealth(account: account, key: secret, now: now)
    let ledger = LedgerHealth(
      account: account, mode: secret?.mode, environment: options.environment, now: now)
    return found + endpoint.findings() + ledger.findings()
  }

  private var receiptKey: [HealthFinding] {
    do throws(RunFault) {
      guard let key = try ReceiptKey.find(file: nil, environment: options.environment) else { return [] }
      return [.ok(.key, "Receipts are signed with the key \(key.name), from BILLDROP_RECEIPT_KEY.")]
    } catch {
      return [
        HealthFinding(
          .key, .fault, "BILLDROP_RECEIPT_KEY is shorter than \(ReceiptKey.leastBytes) bytes.",
          cure: "Make one with: openssl rand -hex 32")
      ]
    }
  }
}
