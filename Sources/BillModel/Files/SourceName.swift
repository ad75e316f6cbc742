/// What a bill file's name says.
package struct SourceName: Sendable {
  /// The name that its layout knows: without its folder, `.gz` at the end, and `.mended` before its extension.
  package let plain: String
  /// Whether it holds rows that an earlier report rejected: `rejected.csv`, or `bills.mended.csv` of `bills.csv`. The
  /// figures of a header, trailer or side file are those of the whole file then.
  package let isMended: Bool
  private let isPacked: Bool

  /// - Parameter path: With or without folders before it.
  package init(_ path: String) {
    var name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    isPacked = name.hasSuffix(".gz")
    if isPacked { name = name.dropLast(3) }
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    let mark = ".mended"
    if stem.hasSuffix(mark) {
      plain = String(stem.dropLast(mark.count) + name[stem.endIndex...])
      isMended = true
    } else {
      plain = String(name)
      isMended = stem == "rejected"
    }
  }

  /// Whether it is that of a file of mended rows of a file of this name.
  package func isMendedOne(of name: String) -> Bool { isMended && all.contains(name) }

  /// The names that files of the plain one go by: packed or not, mended or not.
  package var all: [String] { [plain, mendedPlain].flatMap { [$0, $0 + ".gz"] } }

  /// The name that mended rows of it go by, which are packed where it is.
  package var mended: String { mendedPlain + (isPacked ? ".gz" : "") }

  private var mendedPlain: String {
    let stem = plain.lastIndex(of: ".").map { plain[..<$0] } ?? plain[...]
    return "\(stem).mended\(plain[stem.endIndex...])"
  }
}
