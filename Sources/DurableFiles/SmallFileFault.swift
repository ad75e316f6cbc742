#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a small file can't be used.
package struct SmallFileFault: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Cause: Hashable, Sendable {
    case missing
    case folder, pipe, socket, device
    case tooLarge(mostBytes: Int)
    /// The system said no.
    case failed(FileError)
  }

  package var path: String
  package var cause: Cause

  init(path: String, _ cause: Cause) {
    self.path = path
    self.cause = cause
  }

  /// What the matter is, as the end of a sentence without a full stop: `it is a pipe, and no regular file`.
  package var reason: String {
    switch cause {
    case .missing: "there is no such file"
    case .folder: "it is a folder, and no file"
    case .pipe: "it is a pipe, and no regular file"
    case .socket: "it is a socket, and no regular file"
    case .device: "it is a device, and no regular file"
    case .tooLarge(let most): "it is larger than \(Self.size(most)), the most that is read of such a file"
    case .failed(let error) where error.cause == .denied:
      "its permissions, or those of a folder above it, forbid it"
    case .failed(let error): String(cString: strerror(error.code))
    }
  }

  package var description: String { "\(path): \(reason)" }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MB" : bytes >= 1 << 10 ? "\(bytes >> 10) KB" : "\(bytes) bytes"
  }
}
