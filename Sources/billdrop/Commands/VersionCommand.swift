import BillLedger
import BillModel
import BillReports
import HTTPServing
import Hashing
import Tabular
import Transport

/// `billdrop version`.
enum VersionCommand {
  static let version = Product.version

  static func run(_ invocation: Invocation) -> ExitStatus {
    let libraries = invocation.has("--verbose") ? libraries : []
    if invocation.has("--format") {
      var json = JSONText()
      json.object { json in
        json.string("version", version)
        guard !libraries.isEmpty else { return }
        json.object("libraries") { json in for library in libraries { json.string(library.name, library.version) } }
      }
      Console.answer(json.text + "\n")
    } else {
      let longest = libraries.map(\.name.count).max() ?? 0
      let lines = libraries.map {
        "  \($0.name)\(String(repeating: " ", count: longest - $0.name.count))  \($0.version)\n"
      }
      Console.answer("billdrop \(version)\n" + lines.joined())
    }
    return .accepted
  }

  /// The libraries that this process uses, as they tell their versions themselves.
  private static var libraries: [(name: String, version: String)] {
    let own = [
      (name: "SQLite", version: SQLiteVersion.text), (name: "libcrypto", version: CryptoVersion.text),
      (name: "zlib", version: ZlibVersion.text), (name: "libmicrohttpd", version: MicrohttpdVersion.text),
    ]
    let libpq = PostgresVersion.text.map { [(name: "libpq", version: $0)] } ?? []
    return CurlVersion.parts.filter { part in part.name != "zlib" } + own + libpq
  }
}
