#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lock that several processes hold together, and that one of them has alone for a moment where no other holds it
/// (flock(2)). Freed by the kernel when its holder dies.
package final class SharedLock: Sendable {
  private let handle: FileHandle

  /// Takes it on `path` (made with mode 0600 where missing); waits while another process has it alone.
  package init(path: String) throws(FileError) {
    handle = try FileHandle(path: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
    try Self.lock(handle, LOCK_SH)
  }

  deinit { flock(handle.descriptor, LOCK_UN) }

  /// Does something that no other holder may see half done; `false` where there are others, and nothing was done.
  package func alone(_ work: () throws(FileError) -> Void) throws(FileError) -> Bool {
    if flock(handle.descriptor, LOCK_EX | LOCK_NB) != 0 {
      // Asking for more gives up what one had.
      try Self.lock(handle, LOCK_SH)
      return false
    }
    do throws(FileError) { try work() } catch {
      try Self.lock(handle, LOCK_SH)
      throw error
    }
    try Self.lock(handle, LOCK_SH)
    return true
  }

  private static func lock(_ handle: FileHandle, _ kind: CInt) throws(FileError) {
    while flock(handle.descriptor, kind) != 0 {
      if errno != EINTR { throw FileError(.lock, path: handle.path, code: errno) }
    }
  }
}
