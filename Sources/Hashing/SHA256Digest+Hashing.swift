extension SHA256Digest {
  /// The digest of these bytes. Where many are wanted, keep a `SHA256Hasher` instead.
  package init(hashing bytes: UnsafeRawBufferPointer) { self = SHA256Hasher().digest(of: bytes) }

  /// The digest of these bytes.
  package init(hashing bytes: [UInt8]) { self = bytes.withUnsafeBytes { Self(hashing: $0) } }

  /// The digest of the UTF-8 bytes of a text.
  package init(hashing text: String) {
    var text = text
    self = text.withUTF8 { Self(hashing: UnsafeRawBufferPointer($0)) }
  }
}
