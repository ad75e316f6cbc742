import Synchronization

/// The password of ledgers' servers that came in the environment: whoever reads it wipes it there, so that no program
/// that this one starts gets it, and leaves it here for all connections.
package enum ServerPassword {
  /// By which libpq knows it (postgresql.org/docs/current/libpq-envars.html).
  package static let variable = "PGPASSWORD"

  private static let password = Mutex<String?>(nil)

  /// Takes it for all connections from here on.
  package static func keep(_ text: String) { password.withLock { $0 = text } }

  /// What was taken; `nil`: libpq looks for one itself, in the file of passwords.
  static var kept: String? { password.withLock { $0 } }
}
