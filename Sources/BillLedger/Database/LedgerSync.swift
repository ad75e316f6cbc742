import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Makes durable what a ledger in a file has committed while its commits don't wait for the disk. For a thread of its own:
/// the ledger may go on meanwhile.
///
/// A commit of SQLite's in WAL mode is in the log's file when it returns; it is durable when the file is synchronised after
/// that, whoever does it (sqlite.org/wal.html, sqlite.org/pragma.html#pragma_synchronous: NORMAL leaves that to the next
/// checkpoint, FULL does it with each commit). The log is one file from the opening of a ledger to its end.
package final class LedgerSync: Sendable {
  private let path: String
  private let descriptor: CInt
  private let trust: DiskTrust
  private let flush: @Sendable (CInt) -> CInt

  /// Opens the log of the ledger at `path`, which must be open.
  ///
  /// - Parameters:
  ///   - trust: that of the ledger's connection.
  ///   - flush: as `flushed`.
  init(
    path: String, _ trust: DiskTrust, flush: @escaping @Sendable (CInt) -> CInt
  ) throws(LedgerError) {
    self.path = path
    (self.trust, self.flush) = (trust, flush)
    descriptor = open(path + "-wal", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw LedgerError(FileError(.open, path: path + "-wal", code: errno), path: path) }
  }

  deinit { close(descriptor) }

  /// All that was committed before it was called is durable when it returns. Where it throws, the ledger throws the same from
  /// then on, whatever is asked of it.
  package func sync() throws(LedgerError) {
    try trust.mustHold()
    guard flush(descriptor) == -1 else { return }
    let error = LedgerError(FileError(.sync, path: path + "-wal", code: errno), path: path)
    trust.end(with: error)
    throw error
  }

  /// Makes a file's content durable; -1 where that failed, and then `errno` says why.
  package static func flushed(_ descriptor: CInt) -> CInt {
    var result: CInt
    repeat {
      #if canImport(Glibc)
        result = fdatasync(descriptor)
      #else
        result = fcntl(descriptor, F_FULLFSYNC)
      #endif
    } while result == -1 && errno == EINTR
    return result
  }
}
