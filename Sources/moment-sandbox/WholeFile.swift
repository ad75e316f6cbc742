#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that tells others something: there whole, or not there.
enum WholeFile {
  /// Writes the text beside the path and renames it into place. Nil, or errno where that failed.
  static func write(_ text: String, to path: String) -> Int32? {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if descriptor < 0 { return errno }
    let bytes = Array(text.utf8)
    let count = bytes.withUnsafeBytes { unsafeWrite(descriptor, $0) }
    let failure = count == bytes.count ? nil : errno
    close(descriptor)
    if let failure { return failure }
    return rename(temporary, path) == 0 ? nil : errno
  }
}

private func unsafeWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
