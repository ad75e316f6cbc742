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

  /// Removes a folder with all that is in it, for good. Links are removed, and never followed.
  ///
  /// - Parameter kept: The name of files that stay, with the folders that they are in.
  package static func removeTree(_ path: String, but kept: String? = nil) throws(FileError) {
    guard try FileLook(path: path)?.kind != .link else { throw FileError(.remove, path: path, code: ENOTDIR) }
    try removeContents(of: path, but: kept)
    try sync(parent(of: path))
  }

  private static func removeContents(of path: String, but kept: String?) throws(FileError) {
    for name in try names(in: path, beginningWith: "") where name != "." && name != ".." && name != kept {
      let entry = path + "/" + name
      var status = stat()
      guard lstat(entry, &status) == 0 else { throw FileError(.inspect, path: entry, code: errno) }
      if status.st_mode & S_IFMT == S_IFDIR { try removeContents(of: entry, but: kept) } else { try remove(entry) }
    }
    if rmdir(path) == 0 || kept != nil && (errno == ENOTEMPTY || errno == EEXIST) { return }
    throw FileError(.remove, path: path, code: errno)
  }
}
