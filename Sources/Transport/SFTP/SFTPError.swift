/// Why an SFTP server didn't do what was asked of it.
package enum SFTPError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The server's host key is not one that may be trusted. Nothing was told to it.
  case hostKey(SFTPHostKeyRefusal)
  /// Our own key, password or agent can't be used.
  case key(String)
  /// The server lets this user not in.
  case login(String)
  /// No connection came about.
  case unreachable(String)
  /// The connection was lost, or nothing moved for too long: what was asked for may have been done, or not.
  case lost(String)
  case notFound(path: String)
  /// The server says that this user may not.
  case denied(path: String)
  /// Something has the name already.
  case taken(path: String)
  /// The server's disk is full, or the user's share of it.
  case noSpace(path: String)
  /// The server took no more bytes of a file, again and again, and answered all other questions. OpenSSH says no more of a
  /// full disk.
  case stuck(path: String)
  /// The server said no for another reason.
  case refused(path: String, reason: String)
  /// A file became shorter while it was read.
  case shrunk(path: String)
  /// What takes the bytes, or gives them, wanted no more.
  case givenUp
  /// The process was told to end.
  case cancelled
  /// libcurl could not begin.
  case notStarted(String)

  /// Whether the same may work over a new connection.
  package var isOfTheConnection: Bool {
    switch self {
    case .unreachable, .lost: true
    default: false
    }
  }

  /// Whether it says something of the server as a whole, not of one of its files.
  package var isOfTheServer: Bool {
    switch self {
    case .hostKey, .key, .login, .unreachable, .lost, .cancelled, .notStarted: true
    case .notFound, .denied, .taken, .noSpace, .stuck, .refused, .shrunk, .givenUp: false
    }
  }

  package var description: String {
    switch self {
    case .hostKey(let refusal): refusal.description
    case .key(let words): words
    case .login(let words): "the server doesn't let this user in: \(words)"
    case .unreachable(let words): "the server can't be reached: \(words)"
    case .lost(let words): "the connection to the server was lost: \(words)"
    case .notFound(let path): "there is no \(path) on the server"
    case .denied(let path): "permission denied on the server: \(path)"
    case .taken(let path): "\(path) is there already on the server"
    case .noSpace(let path): "no space left on the server for \(path)"
    case .stuck(let path):
      "the server took no more bytes of \(path): is its disk, or this user's share of it, full?"
    case .refused(let path, let reason): "the server said no about \(path): \(reason)"
    case .shrunk(let path): "\(path) became shorter while it was read"
    case .givenUp: "given up"
    case .cancelled: "given up, since the process was told to end"
    case .notStarted(let words): "SFTP can't be used: \(words)"
    }
  }
}
