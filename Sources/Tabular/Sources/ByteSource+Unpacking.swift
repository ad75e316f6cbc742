extension ByteSource {
  /// This source, unpacked. Where it isn't packed its bytes pass as they are.
  ///
  /// Reading throws `InputError.damaged` where the gzip is cut short, broken, followed by other bytes, or past `bounds`;
  /// each member's bytes come before its CRC can be checked. Byte offsets of what reads from it count unpacked bytes.
  ///
  /// - Parameter chunk: Packed bytes that are read at once: at least 4.
  package func unpacked(
    _ compression: Compression = .automatic, bounds: UnpackingBounds = UnpackingBounds(), chunk: Int = 1 << 16
  ) -> ByteSource {
    if compression == .none { return self }
    let inflater = GzipInflater(self, compression, bounds, chunk: chunk)
    return ByteSource(name: name, beforeDamage: { inflater.filled }) { (buffer) throws(InputError) in
      try inflater.read(into: buffer)
    }
  }

  /// The text of this source as UTF-8, where it is in another encoding: what a reader of that encoding reads.
  package func decoded(from encoding: TextEncoding?) -> ByteSource {
    guard let encoding else { return self }
    let text = TextSource(self, encoding)
    return ByteSource(name: name, beforeDamage: { text.filled }) { (buffer) throws(InputError) in
      try text.read(into: buffer)
    }
  }
}
