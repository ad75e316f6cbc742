#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lock that one process at a time can hold, freed by the kernel when its holder dies, however it dies (flock(2)).
///
/// The lock is on a file of its own that is never removed: removing it would let two processes lock two files of the
/// same name. It holds the pid and the command line of the last holder, for people. Not for network file systems.
package final class FileLock {
  /// Why a lock was not had.
  package enum Failure: Error, Hashable, Sendable {
    /// Another open of the file holds it; `holder` says who: `pid 4711 (billdrop submit a.csv)`.
    case held(path: String, holder: String)
    case fault(FileError)
  }

  /// The lock file.
  package let path: String
  private let handle: FileHandle

  /// Somebody who only looks whether it is held has it for microseconds: so it is tried that often, so many microseconds
  /// apart.
  private static let (tries, pause): (Int, UInt32) = (4, 2_000)

  /// Takes the lock on `path` (made with mode 0600 where missing) without waiting. It is held until the object goes.
  package init(path: String) throws(Failure) {
    self.path = path
    do throws(FileError) {
      handle = try FileHandle(path: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
    } catch {
      throw .fault(error)
    }
    var left = Self.tries
    while flock(handle.descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK:
        left -= 1
        guard left > 0 else { throw .held(path: path, holder: Self.holder(in: handle)) }
        usleep(Self.pause)
      case let code: throw .fault(FileError(.lock, path: path, code: code))
      }
    }
    writeHolder()
  }

  /// Unlocks by name, since closing isn't enough while a child between fork and exec has the descriptor too.
  deinit { flock(handle.descriptor, LOCK_UN) }

  /// Whether somebody holds the lock on `path`, this process too. Where nobody can look, somebody does; where there is no
  /// such file, nobody.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return errno != ENOENT }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
    flock(descriptor, LOCK_UN)
    return false
  }

  /// Who holds the lock on `path`, for people; `nil` where nobody does, or nobody can look.
  package static func holder(of path: String) -> String? {
    guard isHeld(path), let handle = try? FileHandle(path: path, flags: O_RDONLY | O_NOFOLLOW) else { return nil }
    return holder(in: handle)
  }

  /// The file's text says who holds the lock now. A full disk is no reason not to have it.
  private func writeHolder() {
    guard ftruncate(handle.descriptor, 0) == 0 else { return }
    let text = "\(getpid()) \(CommandLine.arguments.joined(separator: " "))"
    try? handle.writeAll(Array(text.utf8.prefix(500)))
  }

  private static func holder(in handle: FileHandle) -> String {
    guard let bytes = try? handle.head(limit: 500), !bytes.isEmpty else { return "another process" }
    let text = String(decoding: bytes, as: UTF8.self)
    let printable = String(text.unicodeScalars.map { $0.value < 32 ? "?" : Character($0) })
    let parts = printable.split(separator: " ", maxSplits: 1)
    return parts.count == 2 ? "pid \(parts[0]) (\(parts[1]))" : "another process"
  }
}
