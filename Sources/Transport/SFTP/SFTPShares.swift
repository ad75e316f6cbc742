/// In how long parts several connections fetch a large file. Pure.
///
/// A part costs some four round trips beside its bytes, and what libssh2 asks for beyond its end: so most are long. The
/// last ones are short: so that the connections end together, and whoever reads the file from its beginning meanwhile
/// has little left when the last part is there.
package struct SFTPShares {
  /// Bytes of the longest and of the shortest part.
  package static let longest: Int64 = 128 << 20
  package static let shortest: Int64 = 8 << 20

  /// How many connections a file of so many bytes is worth.
  package static func count(of bytes: Int64) -> Int { Int(clamping: bytes / shortest) + (bytes % shortest > 0 ? 1 : 0) }

  private let connections: Int64

  package init(connections: Int) { self.connections = Int64(max(1, connections)) }

  /// How long the next part is where so many bytes are left.
  package func next(of rest: Int64) -> Int64 {
    min(rest, max(Self.shortest, min(Self.longest, rest / connections)))
  }
}
