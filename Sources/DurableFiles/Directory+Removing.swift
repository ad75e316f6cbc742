#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Directory {
  /// Whether `path` is a folder, links followed.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Removes a folder where it is empty, and makes that durable; one that isn't empty stays, and so does a link.
  package static func removeEmpty(_ path: String) throws(FileError) {
    guard rmdir(path) != 0 else { return try sync(parent(of: path)) }
    guard [ENOTEMPTY, EEXIST, ENOENT, ENOTDIR].contains(errno) else {
      throw FileError(.remove, path: path, code: errno)
    }
  }
}
