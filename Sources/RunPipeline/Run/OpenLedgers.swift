import BillLedger
import BillModel
import DurableFiles
import FileRuns

/// The ledgers of a process that goes on, by the paths that the configuration has for them: what one set of feeds has open,
/// the next goes on with, so that its lock is never let go.
package struct OpenLedgers {
  private var open: [String: Ledger] = [:]
  /// Where a ledger was open: none is made there in its place, which would not know what was sent.
  private var known: Set<String> = []

  package init() {}

  var all: [Ledger] { Array(open.values) }

  /// Whether all can be gone on with.
  package var areUsable: Bool { open.values.allSatisfy(\.isUsable) }

  /// Whether all can, and lie where they were opened.
  package var areInPlace: Bool { open.values.allSatisfy { Self.isInPlace($0) } }

  /// Those that can be gone on with; the others are to be opened anew.
  package var usable: Self { filtered { $1.isUsable } }

  /// Those of them that lie where they were opened: of the others people may have put back another copy.
  package var inPlace: Self { filtered { Self.isInPlace($1) } }

  /// Those that are at these paths.
  func only(_ paths: Set<String>) -> Self { filtered { path, _ in paths.contains(path) } }

  private static func isInPlace(_ ledger: Ledger) -> Bool {
    ledger.isUsable && (try? ledger.mustBeInPlace()) != nil
  }

  private func filtered(_ isKept: (String, Ledger) -> Bool) -> Self {
    var rest = self
    rest.open = open.filter { isKept($0.key, $0.value) }
    return rest
  }

  /// The ledger at a path: the one that is open, or else it is opened, and made where there never was one.
  mutating func ledger(
    _ path: String, _ stamp: EnvironmentStamp, now: WallTime
  ) throws(RunFault) -> Ledger {
    if known.contains(path), open[path] == nil { try LedgerPath.mustExist(path) }
    do throws(LedgerError) {
      let ledger = if let open = open[path] ?? openElsewhere(path) { open } else { try opened(path, stamp, now) }
      guard ledger.environment == stamp else {
        throw .otherEnvironment(path: ledger.path, recorded: ledger.environment, wanted: stamp)
      }
      open[path] = ledger
      known.insert(path)
      return ledger
    } catch {
      throw .ledger(error)
    }
  }

  /// The ledger that is open by another way to name its file: this process has its lock.
  private func openElsewhere(_ path: String) -> Ledger? {
    guard LedgerURL(path) == nil else { return nil }
    let file = Directory.fromRoot(path)
    return open.values.first { $0.path == file }
  }

  private func opened(_ path: String, _ stamp: EnvironmentStamp, _ now: WallTime) throws(LedgerError) -> Ledger {
    known.contains(path) ? try Ledger(existing: path, now: now) : try Ledger(path: path, environment: stamp, now: now)
  }
}
