/// The address of a ledger that lies in PostgreSQL, as libpq takes it: `postgresql://role@host:5432/database?sslmode=…`
/// (postgresql.org/docs/current/libpq-connect.html, 34.1.1.2).
///
/// It holds no secrets: an address stands in arguments, reports and messages. libpq takes the password from a file
/// (`passfile=`, `PGPASSFILE`, `~/.pgpass`), a service (`service=`), `PGPASSWORD` or a client's certificate.
package struct LedgerURL: Hashable, Sendable {
  /// The address as it was given.
  let text: String

  /// `nil` where `text` is the path of a file.
  package init?(_ text: String) {
    guard Self.schemes.contains(where: text.hasPrefix) else { return nil }
    self.text = text
  }

  private static let schemes = ["postgresql://", "postgres://"]

  /// Parameters whose values are secrets.
  private static let secrets: Set<String> = ["password", "sslpassword"]

  /// Whether a password is in it.
  package var holdsSecret: Bool { shown != text }

  /// The address with `…` in place of every secret.
  package var shown: String {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let base = Self.withoutPassword(parts[0])
    guard parts.count > 1 else { return base }
    let pairs = parts[1].split(separator: "&", omittingEmptySubsequences: false).map { pair in
      let name = pair.prefix { $0 != "=" }
      return Self.secrets.contains(Self.decoded(name)) ? "\(name)=…" : String(pair)
    }
    return base + "?" + pairs.joined(separator: "&")
  }

  /// A path as it may be shown, whether it is an address or not.
  package static func shown(_ path: String) -> String { LedgerURL(path)?.shown ?? path }

  /// Leaves out all between the first `:` of the authority and its last `@`: a password may hold an `@` or a `/` that
  /// nobody has encoded.
  private static func withoutPassword(_ base: Substring) -> String {
    guard let scheme = schemes.first(where: base.hasPrefix), let at = base.lastIndex(of: "@") else {
      return String(base)
    }
    let user = base.dropFirst(scheme.count)
    guard let colon = user[..<at].firstIndex(of: ":") else { return String(base) }
    return base[..<colon] + ":…" + base[at...]
  }

  /// A parameter's name with what was written as %XX.
  private static func decoded(_ name: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(name.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
