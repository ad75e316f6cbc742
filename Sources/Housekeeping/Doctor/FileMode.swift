#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The permissions of files, as chmod(2) has them.
enum FileMode {
  /// Those of a file, links followed; `nil` where there is none.
  static func of(_ path: String) -> UInt32? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : nil
  }

  /// Whether others than this user and root can exchange what lies in a folder: it is another's, or they may write there and
  /// no sticky bit keeps them from what isn't theirs. `false` where there is none.
  static func letsOthersExchange(in folder: String) -> Bool {
    var status = stat()
    guard stat(folder, &status) == 0 else { return false }
    if geteuid() != 0, ![0, geteuid()].contains(status.st_uid) { return true }
    return status.st_mode & 0o022 != 0 && status.st_mode & S_ISVTX == 0
  }
}
