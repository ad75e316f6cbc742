import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Database {
  /// Opens the database in `file` for reading alone.
  ///
  /// SQLite reads a database in WAL mode by a file of shared memory beside it, and makes that where it isn't there
  /// (sqlite.org/wal.html#read_only_databases). Where it can't, a copy is read: what can't be written from here, others may
  /// write meanwhile, as the host does where a container has its folder read-only.
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
      guard access(Directory.parent(of: file), W_OK) != 0 else { throw error }
      let copy = try StillCopy(of: file, namedInErrors: path)
      // What is open is there without its name.
      defer { unlink(copy.path) }
      return try Database(file: copy.path, namedInErrors: path, access: .immutable)
    }
  }
}
