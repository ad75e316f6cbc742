import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Database {
  /// Opens the database in `file` for reading alone.
  ///
  /// SQLite reads a database in WAL mode by a file of shared memory beside it, and makes that where it isn't there. Where it
  /// can't, an `immutable` database does without, and without locks: right where all is in the file, and nobody can write it
  /// (sqlite.org/wal.html#read_only_databases).
  static func observing(_ file: String, namedInErrors path: String) throws(LedgerError) -> Database {
    let database = try Database(file: file, namedInErrors: path, access: .observing)
    do throws(LedgerError) {
      _ = try database.integer("PRAGMA user_version")
      return database
    } catch {
      switch error {
      case .readOnly, .sqlite: break
      default: throw error
      }
      let folder = Directory.parent(of: file)
      guard access(folder, W_OK) != 0 else { throw error }
      try mustBeStill(file, in: folder, isReadOnlyMount: errno == EROFS, namedInErrors: path)
      return try Database(file: file, namedInErrors: path, access: .immutable)
    }
  }

  /// Throws `notReadable` where something isn't in the file yet, or may come into it while it is read.
  private static func mustBeStill(
    _ file: String, in folder: String, isReadOnlyMount: Bool, namedInErrors path: String
  ) throws(LedgerError) {
    let (log, memory): (FileLook?, FileLook?)
    do throws(FileError) {
      (log, memory) = (try FileLook(path: file + "-wal"), try FileLook(path: file + "-shm"))
    } catch { throw LedgerError(error, path: path) }
    if log?.size ?? 0 > 0 || memory != nil { throw .notReadable(path: path, because: .itsLog) }
    var status = stat()
    guard isReadOnlyMount || stat(folder, &status) == 0 && status.st_mode & 0o222 == 0 else {
      throw .notReadable(path: path, because: .otherUsers)
    }
  }
}
