import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the connections of a client have found out about a server's host keys: which type to ask for. A file with one
/// line makes libcurl ask for a type; the key itself is checked by `SFTPTrust` alone.
final class SFTPHostKeys: Sendable {
  let trust: SFTPTrust
  /// The server, as known_hosts files name it.
  let name: String
  /// Types in the order in which to try them; the first is known to work as soon as a connection has come about.
  private let order: Mutex<[String?]>
  private let files = Mutex<[String: LineFile]>([:])

  init(_ trust: SFTPTrust, name: String) {
    self.trust = trust
    self.name = name
    order = Mutex(trust.types(for: name))
  }

  /// A file with one line. Where the system lets a file be opened by its descriptor it has no name: what dies leaves none.
  private struct LineFile {
    let path: String
    let descriptor: Int32
    let isNamed: Bool
  }

  deinit {
    for file in files.withLock({ Array($0.values) }) {
      if file.isNamed { unlink(file.path) }
      close(file.descriptor)
    }
  }

  var types: [String?] { order.withLock { $0 } }

  /// Notes the type by which a trusted key was shown.
  func prefer(_ type: String?) { order.withLock { $0 = [type] + $0.filter { $0 != type } } }

  private static var temporaryFolder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  /// The path of a file that makes libcurl ask for a type.
  func file(for type: String) throws(SFTPError) -> String {
    if let file = files.withLock({ $0[type] }) { return file.path }
    var template = Array("\(Self.temporaryFolder)/billdrop-known-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .notStarted("no temporary file: \(String(cString: strerror(errno)))") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let line = Array((SFTPHostKey.blank(of: type).line(for: name) + "\n").utf8)
    guard write(descriptor, line, line.count) == line.count else {
      let code = errno
      unlink(temporary)
      close(descriptor)
      throw .notStarted("no temporary file: \(String(cString: strerror(code)))")
    }
    let unnamed = "/proc/self/fd/\(descriptor)"
    let isNamed = access(unnamed, R_OK) != 0
    if !isNamed { unlink(temporary) }
    let path = isNamed ? temporary : unnamed
    files.withLock { $0[type] = LineFile(path: path, descriptor: descriptor, isNamed: isNamed) }
    return path
  }
}

extension SFTPHostKey {
  /// A key of a type that no server has.
  fileprivate static func blank(of type: String) -> SFTPHostKey {
    func text(_ bytes: [UInt8]) -> [UInt8] { withUnsafeBytes(of: UInt32(bytes.count).bigEndian, Array.init) + bytes }
    return SFTPHostKey(blob: text(Array(type.utf8)) + text([UInt8](repeating: 0, count: 32)))
  }
}
