#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the system said no to, about which file, and why.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  package enum Operation: String, Sendable {
    case open, read, write, rename, remove, lock
    case sync = "make durable"
    case makeDirectory = "make the directory"
    case inspect = "look at"
    case changeMode = "change the mode of"
    case changeGroup = "change the group of"
  }

  /// The causes that a caller treats differently.
  package enum Cause: Hashable, Sendable {
    /// No space or quota left (ENOSPC, EDQUOT), or over the limit of a file's size (EFBIG).
    case diskFull
    /// The file system is mounted read-only (EROFS).
    case readOnly
    /// No permission (EACCES, EPERM).
    case denied
    /// No such file or directory (ENOENT, ENOTDIR).
    case notFound
    case other
  }

  package var operation: Operation
  package var path: String
  /// `errno` as it was set.
  package var code: Int32

  package init(_ operation: Operation, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  package var cause: Cause {
    switch code {
    case ENOSPC, EDQUOT, EFBIG: .diskFull
    case EROFS: .readOnly
    case EACCES, EPERM: .denied
    case ENOENT, ENOTDIR: .notFound
    default: .other
    }
  }

  /// `can't write /a/b: No space left on device (errno 28)`.
  package var description: String {
    "can't \(operation.rawValue) \(path): \(String(cString: strerror(code))) (errno \(code))"
  }
}
