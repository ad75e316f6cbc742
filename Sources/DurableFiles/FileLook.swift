#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a name in a folder stands for, without reading it: a link is a link.
package struct FileLook: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, folder, link, other
  }

  package var kind: Kind
  /// Bytes.
  package var size: Int64
  /// When its contents were last changed: nanoseconds since 1970; a time that is too far off for them is the last, or the
  /// first, that there is.
  package var modified: Int64
  /// When anything of it was last changed, its name among it, which nobody can set to another time: nanoseconds as above.
  package var changed: Int64
  /// Its number on its file system: another file of the same name has another one.
  package var identity: UInt64
  /// The file system that it is on.
  package var device: UInt64

  /// Looks at `path` (lstat(2)); `nil` where there is nothing.
  package init?(path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw FileError(.inspect, path: path, code: errno)
    }
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    #if canImport(Darwin)
      let (time, change) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (time, change) = (status.st_mtim, status.st_ctim)
    #endif
    size = Int64(status.st_size)
    modified = Self.nanoseconds(Int64(time.tv_sec), Int64(time.tv_nsec))
    changed = Self.nanoseconds(Int64(change.tv_sec), Int64(change.tv_nsec))
    identity = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
  }

  /// A time as one number. Whoever may write a file may set its time to any second of 64 bits.
  private static func nanoseconds(_ seconds: Int64, _ rest: Int64) -> Int64 {
    let (whole, isFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = whole.addingReportingOverflow(rest)
    return isFar || isBeyond ? (seconds < 0 ? .min : .max) : sum
  }
}
