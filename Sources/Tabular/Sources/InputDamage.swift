/// What is wrong with an input as a whole, so that its records can't be had or can't be trusted.
package enum InputDamage: Hashable, Sendable {
  /// What was to be gzip (RFC 1952) doesn't begin like it.
  case notGzip
  /// The gzip ends before its last member does, at this byte of the file.
  case gzipTruncated(byteOffset: Int64)
  /// The gzip can't be unpacked further: an impossible header or block, by this byte of the file.
  case gzipInvalid(byteOffset: Int64)
  /// What was unpacked has another CRC-32 than the gzip says; its trailer ends at this byte of the file.
  case gzipChecksum(byteOffset: Int64)
  /// What was unpacked has another length than the gzip says; its trailer ends at this byte of the file.
  case gzipLength(byteOffset: Int64)
  /// Bytes that are no further member stand behind the last one, from this byte of the file on.
  case gzipTrailingBytes(byteOffset: Int64)
  /// Unpacking gives more bytes than allowed.
  case unpackedTooLarge(limit: Int64)
  /// Unpacking gives more than so many bytes for each packed one, by this byte of the file.
  case unpackedRatio(limit: Int, byteOffset: Int64)
  /// The encoding doesn't say in which order its bytes stand, and no byte order mark does.
  case byteOrderUnknown(encoding: String)
  /// The byte order mark is that of another encoding than the stated one.
  case byteOrderMark(of: String, stated: String)
  /// A record has no end within so many bytes, up to this byte of the text: a quote that isn't closed, or no bill file.
  case recordEndless(limit: Int, byteOffset: Int64)
  /// Where the next record ends can't be told by what stands at this byte, where its descriptor word should.
  case recordDescriptor(RecordDescriptorFault, byteOffset: Int64)
  /// The program that the file is read through failed: a sentence with its own last words.
  case filterFailed(String)
}
