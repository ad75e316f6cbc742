package import Tabular

/// What of a file is no row, and is needed to write some of its rows again.
package struct FileFrame: Sendable {
  /// What stands before the first record: a byte order mark, lines that are passed over.
  package var prologue = TextExtent(start: 0, count: 0)
  /// The header record.
  package var header: TextExtent?
  /// The trailer record.
  package var trailer: TextExtent?
  /// The text of these.
  package var texts: [TextExtent: [UInt8]] = [:]
  /// What the text was decoded from; `nil` where it is UTF-8 or whatever its bytes are.
  package var decodedFrom: DecodedFrom?
  /// What could not be decoded, in the order of the text.
  package var replaced: [ReplacedBytes] = []
  /// Line ends that aren't like the first one, in the order of the text; at most `mostLineEnds`.
  package var otherLineEnds: [ReplacedBytes] = []

  /// A prologue that is longer than this is not kept.
  package static let longestPrologue = 1 << 20

  /// What is beyond that comes back with the line end that the first line has.
  static let mostLineEnds = 1_000_000

  /// More undecodable places than this reject a file: it is another encoding, and no row of it can be trusted.
  static let mostReplaced = 1_000_000
}
