/// A finding as it stands in the spool.
struct EncodedDraft {
  /// A length of four bytes, then what `DraftDecoder` reads.
  let bytes: ArraySlice<UInt8>

  /// Bytes before those that say what was found: the length, the record, the line.
  private static let place = 16

  var record: UInt32 { bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self) } }

  var line: Int { bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: 8, as: Int64.self)) } }

  /// All that the finding's words are made of.
  var content: ArraySlice<UInt8> { bytes.dropFirst(Self.place) }

  var draft: FindingDraft { DraftDecoder.decode(bytes) }
}
