import Foundation
import PostgresProbe
import Synchronization

@testable import BillLedger

/// The server of all tests of this process that need one.
enum LedgerServer {
  /// Whether the ledgers of the shared tests are at a server.
  static let isWanted = ProcessInfo.processInfo.environment["BILLDROP_TEST_LEDGER"] == "postgres"

  #if Postgres
    /// Whether tests of servers can run.
    static let isThere = PostgresServer.isInstalled
  #else
    static let isThere = false
  #endif

  /// Started by its first use.
  static let shared: PostgresServer = {
    do { return try PostgresServer() } catch { fatalError("\(error)") }
  }()

  private static let count = Mutex(0)

  /// The address of a ledger that isn't there yet; `nil` where the shared tests are to have files.
  static func newLedger() -> String? { isWanted ? newSchema() : nil }

  /// The address of a schema that was made just now.
  static func newSchema(at server: PostgresServer = shared) -> String {
    let number = count.withLock { count in
      count += 1
      return count
    }
    do { try server.ask("CREATE SCHEMA test\(number)") } catch { fatalError("\(error)") }
    return server.url(schema: "test\(number)")
  }
}
