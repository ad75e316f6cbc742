/// Why input can't be read. Each case names the input as the caller named it; `<stdin>` is standard input.
package enum InputError: Error, Hashable, Sendable {
  /// No such file, or a folder on its path is missing.
  case notFound(name: String)
  /// The path names a directory.
  case isDirectory(name: String)
  /// The file, or a folder on its path, may not be read.
  case permissionDenied(name: String)
  /// Any other failure of the operating system; `code` is its `errno`, `byteOffset` how far reading had come.
  case failed(name: String, operation: Operation, code: Int32, byteOffset: Int64)
  /// The bytes can be had, and are not what they should be as a whole: the file's fault, not the machine's. Records
  /// that were yielded before it stand, and their file can't be trusted.
  case damaged(name: String, InputDamage)

  /// Nothing came, and whoever waited was told to end.
  case cancelled(name: String)

  /// What was being done. The `code` of `unpack` is that of zlib.
  package enum Operation: String, Hashable, Sendable {
    case open, read, unpack, convert
  }

  /// The input's name.
  package var name: String {
    switch self {
    case .notFound(let name), .isDirectory(let name), .permissionDenied(let name), .failed(let name, _, _, _),
      .damaged(let name, _), .cancelled(let name):
      name
    }
  }
}
