extension InputDamage: CustomStringConvertible {
  /// What is wrong, in a sentence, with its place.
  package var description: String {
    switch self {
    case .notGzip: "The file is not a gzip."
    case .gzipTruncated(let offset): "The gzip is cut short: it ends at byte \(offset), before what it holds does."
    case .gzipInvalid(let offset): "The gzip is broken at byte \(offset) and can't be unpacked further."
    case .gzipChecksum(let offset):
      "The gzip is damaged: what it holds up to byte \(offset) has another checksum than it says."
    case .gzipLength(let offset):
      "The gzip is damaged: what it holds up to byte \(offset) has another length than it says."
    case .gzipTrailingBytes(let offset): "Bytes that don't belong to the gzip follow it from byte \(offset) on."
    case .unpackedTooLarge(let limit): "The gzip holds more than \(limit) bytes, which is the limit."
    case .unpackedRatio(let limit, let offset):
      "The gzip holds more than \(limit) times its own size by byte \(offset), which is the limit."
    case .byteOrderUnknown(let encoding):
      "The file is to be \(encoding), but has no byte order mark: name \(encoding)LE or \(encoding)BE."
    case .byteOrderMark(let found, let stated):
      "The file is to be \(stated), but begins with the byte order mark of \(found)."
    case .recordEndless(let limit, let offset):
      "A line has no end within \(limit) bytes, up to byte \(offset): is this a bill file?"
    case .recordDescriptor(.unknown, let offset):
      "At byte \(offset) a record's descriptor word should stand, and what stands there is none."
    case .recordDescriptor(.spanned, let offset): "The record at byte \(offset) is a part of one that spans blocks."
    case .recordDescriptor(.block, let offset):
      "At byte \(offset) stands the descriptor word of a block, and those of its records behind it."
    case .recordDescriptor(.cut, let offset): "It ends at byte \(offset), within a record's descriptor word."
    case .filterFailed(let message): "The filter that it is read through didn't succeed: \(message)"
    }
  }
}
