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
}
