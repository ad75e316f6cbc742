import Hashing

/// A checksum of a file as coreutils write it: `HEX  NAME`, `HEX *NAME`, `SHA256 (NAME) = HEX` (--tag), or the digits
/// alone. The digits' number says which kind it is.
struct ChecksumFile: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case sha256, md5
  }

  let kind: Kind
  /// Lower case.
  let hex: String

  /// The checksum for the file `name` in a checksum file's text; `nil` where there is none for it.
  init?(_ text: String, for name: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let (hex, named) = Self.tagged(line) ?? Self.plain(line) else { continue }
      guard named == nil || named == name || named?.hasSuffix("/" + name) == true else { continue }
      guard hex.utf8.allSatisfy({ Self.digits.contains($0) }) else { continue }
      switch hex.utf8.count {
      case 64: kind = .sha256
      case 32: kind = .md5
      default: continue
      }
      self.hex = hex.lowercased()
      return
    }
    return nil
  }

  private static let digits = Set("0123456789abcdefABCDEF".utf8)

  /// `SHA256 (NAME) = HEX`.
  private static func tagged(_ line: Substring) -> (String, String?)? {
    guard line.hasPrefix("SHA256 (") || line.hasPrefix("MD5 (") else { return nil }
    guard let start = line.firstIndex(of: "("), let end = line.lastIndex(of: ")") else { return nil }
    let rest = line[line.index(after: end)...]
    guard rest.hasPrefix(" = ") else { return nil }
    return (String(rest.dropFirst(3)), String(line[line.index(after: start)..<end]))
  }

  /// `HEX  NAME`, `HEX *NAME` or `HEX`.
  private static func plain(_ line: Substring) -> (String, String?)? {
    guard let space = line.firstIndex(where: { $0 == " " || $0 == "\t" }) else { return (String(line), nil) }
    let name = line[line.index(after: space)...].drop { $0 == " " || $0 == "*" || $0 == "\t" }
    return (String(line[..<space]), name.isEmpty ? nil : String(name))
  }
}
