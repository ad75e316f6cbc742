import BillLedger
package import BillModel
import DurableFiles
import Hashing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the ledger lies when no option names it.
package enum LedgerPath {
  /// Throws where no ledger is at a path or an address.
  package static func mustExist(_ path: String) throws(RunFault) {
    let isThere: Bool
    do throws(LedgerError) { isThere = try Ledger.isThere(at: path) } catch { throw .ledger(error) }
    guard isThere else { throw .noLedger(path: LedgerURL.shown(path)) }
  }

  /// Whether there is a ledger: a file at a path, or tables at a server's address, which is asked.
  package static func isThere(_ path: String) throws(RunFault) -> Bool {
    guard LedgerURL(path) != nil else { return Directory.hasFile(path) }
    do throws(LedgerError) { return try Ledger.isThere(at: path) } catch { throw .ledger(error) }
  }

  /// The path of what lies on this machine beside a ledger. Of one at a server it lies where ledgers usually do, and has
  /// a name by the address. Where the environment names no such place, it is the one of the user's home as the system
  /// knows it, else `/var/lib/billdrop`: never a folder in which anybody may make names.
  package static func beside(_ ledger: String, _ ending: String) -> String {
    var environment: [String: String] = [:]
    for variable in ["STATE_DIRECTORY", "XDG_STATE_HOME", "HOME"] {
      if let value = getenv(variable) { environment[variable] = String(cString: value) }
    }
    return beside(ledger, ending, environment, home: homeOfUser)
  }

  /// - Parameter home: The user's home as the system knows it.
  static func beside(
    _ ledger: String, _ ending: String, _ environment: [String: String], home: String?
  ) -> String {
    guard LedgerURL(ledger) != nil else { return ledger + ending }
    let name = "postgresql-\(SHA256Digest(hashing: LedgerURL.shown(ledger)).short)\(ending)"
    var environment = environment
    if environment["HOME"]?.isEmpty ?? true { environment["HOME"] = home }
    return "\(folder(environment: environment) ?? "/var/lib/billdrop")/\(name)"
  }

  /// The home of the user that the process runs as (passwd(5)); `nil` where the system knows none.
  private static var homeOfUser: String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { texts in
      var entry = passwd()
      var found: UnsafeMutablePointer<passwd>?
      guard let start = texts.baseAddress, getpwuid_r(geteuid(), &entry, start, texts.count, &found) == 0, found != nil
      else { return nil }
      return entry.pw_dir.map { String(cString: $0) }
    }
  }

  /// `$STATE_DIRECTORY/ENVIRONMENT.sqlite`, else `$XDG_STATE_HOME/billdrop/ENVIRONMENT.sqlite`, else the same below
  /// `~/.local/state`; `nil` where the environment names none of them. ENVIRONMENT is host, port, mode and merchant.
  package static func standard(for stamp: EnvironmentStamp, environment: [String: String]) -> String? {
    folder(environment: environment).map { "\($0)/\(fileName(stamp))" }
  }

  /// Makes the folder that `standard` names, and those above it.
  package static func makeFolder(of standard: String) throws(RunFault) {
    do throws(FileError) { try Directory.make(Directory.parent(of: standard), mode: 0o700) } catch {
      throw .ledger(LedgerError(error, path: standard))
    }
  }

  private static func folder(environment: [String: String]) -> String? {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let directory = value("STATE_DIRECTORY") {
      return directory.split(separator: ":").first.map(String.init) ?? directory
    }
    if let state = value("XDG_STATE_HOME") { return "\(state)/billdrop" }
    return value("HOME").map { "\($0)/.local/state/billdrop" }
  }

  /// The ledgers that are where `standard` puts them, in the alphabet's order.
  package static func all(environment: [String: String]) -> [String] {
    guard let folder = folder(environment: environment) else { return [] }
    let names = (try? Directory.names(in: folder, beginningWith: "")) ?? []
    return names.filter { $0.hasSuffix(".sqlite") && !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }
  }

  private static func fileName(_ stamp: EnvironmentStamp) -> String {
    let host = stamp.origin.replacing("https://", with: "").replacing("http://", with: "")
    let name = "\(host)-\(stamp.mode.rawValue)-\(stamp.merchant)"
    return String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" })
      + ".sqlite"
  }
}
