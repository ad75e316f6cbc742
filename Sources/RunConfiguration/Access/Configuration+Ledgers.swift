package import BillLedger
import BillModel
import DurableFiles
import FileRuns
import Transport

extension Configuration {
  /// The ledgers of its feeds; of those without a path of their own the ones in the usual place that belong to the same
  /// API and merchant, whatever the key. Each once, there or not.
  package func ledgerPaths(environment: [String: String]) -> [String] {
    var paths: [String] = []
    for account in accounts {
      for path in account.ledger.map({ [$0] }) ?? account.usualLedgers(environment) where !paths.contains(path) {
        paths.append(path)
      }
    }
    return paths
  }

  /// The feeds whose files go through a ledger.
  package func feeds(over ledger: Ledger) -> [FeedSettings] {
    feeds.filter { feed in
      guard let path = feed.account.ledger else { return feed.account.mayBe(ledger) }
      return Self.whole(path) == Self.whole(ledger.path)
    }
  }

  private static func whole(_ path: String) -> String {
    do throws(FileError) { return try Directory.resolved(path) } catch { return path }
  }

  private var accounts: [AccountSettings] { feeds.isEmpty ? [account] : feeds.map(\.account) }
}

extension AccountSettings {
  fileprivate func usualLedgers(_ environment: [String: String]) -> [String] {
    LedgerPath.all(environment: environment).filter { path in
      (try? Ledger(observing: path)).map { mayBe($0) } ?? false
    }
  }

  /// Whether a ledger is of this API and merchant.
  fileprivate func mayBe(_ ledger: Ledger) -> Bool {
    ledger.environment.merchant == merchant && (try? HTTPBaseURL(endpoint).origin) == ledger.environment.origin
  }
}
