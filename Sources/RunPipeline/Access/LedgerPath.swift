package import BillModel
import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the ledger lies when no option names it.
package enum LedgerPath {
  /// Whether anything is at a path.
  static func holdsFile(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// `$STATE_DIRECTORY/ENVIRONMENT.sqlite`, else `$XDG_STATE_HOME/billdrop/ENVIRONMENT.sqlite`, else the same below
  /// `~/.local/state`; `nil` where the environment names none of them. ENVIRONMENT is host, port, mode and merchant.
  package static func standard(for stamp: EnvironmentStamp, environment: [String: String]) -> String? {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let file = fileName(stamp)
    if let directory = value("STATE_DIRECTORY") {
      return "\(directory.split(separator: ":").first.map(String.init) ?? directory)/\(file)"
    }
    if let state = value("XDG_STATE_HOME") { return "\(state)/billdrop/\(file)" }
    return value("HOME").map { "\($0)/.local/state/billdrop/\(file)" }
  }

  /// The ledgers that are where `standard` puts them, in the alphabet's order.
  package static func all(environment: [String: String]) -> [String] {
    let stamp = EnvironmentStamp(origin: "x", mode: .test)
    guard let path = standard(for: stamp, environment: environment) else { return [] }
    let folder = Directory.parent(of: path)
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
