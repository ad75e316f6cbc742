import CSQLite
package import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension LedgerError {
  /// A failed call of SQLite: `code` is its extended result code, `systemCode` the errno behind it, 0 without one.
  init(path: String, code: Int32, systemCode: Int32, message: String) {
    switch code & 0xff {
    case SQLITE_FULL: self = .diskFull(path: path)
    case SQLITE_CORRUPT: self = .corrupted(path: path, detail: message)
    case SQLITE_NOTADB: self = .notALedger(path: path)
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(path: path)
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(path: path)
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      switch FileError(.write, path: path, code: systemCode).cause {
      case .diskFull: self = .diskFull(path: path)
      case .readOnly, .denied: self = .readOnly(path: path)
      case .notFound, .other: self = .sqlite(path: path, code: code, message: message)
      }
    default: self = .sqlite(path: path, code: code, message: message)
    }
  }

  /// A failure of the file system around the ledger at `path`.
  package init(_ error: FileError, path: String) {
    switch error.cause {
    case .diskFull: self = .diskFull(path: path)
    case .readOnly, .denied: self = .readOnly(path: path)
    case .notFound, .other: self = .file(error)
    }
  }

  /// The lock beside the ledger at `path` was not had.
  init(_ failure: FileLock.Failure, path: String) {
    switch failure {
    case .held(_, let holder): self = .locked(path: path, holder: holder)
    case .fault(let error): self = .init(error, path: path)
    }
  }
}
