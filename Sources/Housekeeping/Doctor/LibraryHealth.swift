import BillLedger
import Transport

/// Which libraries this machine has, and what they can't do.
enum LibraryHealth {
  static func findings() -> [HealthFinding] {
    [.ok(.library, "\(TransportLibrary.versions); SQLite \(Ledger.libraryVersion).")] + shell
  }

  private static var shell: [HealthFinding] {
    guard TransportLibrary.speaksSFTP, let version = TransportLibrary.sshVersion else {
      return [
        HealthFinding(
          .library, .warning, "This libcurl has no SFTP: drops on servers can't be used.",
          cure: "Install a libcurl with libssh2, if you need them (Debian and Ubuntu: libcurl4).")
      ]
    }
    guard version < (1, 11) else { return [] }
    return [
      HealthFinding(
        .library, .warning, "libssh2 \(version.0).\(version.1) can't use RSA keys with servers of today.",
        cure: "Only for drops on SFTP: use an ed25519 or ecdsa key, and a known_hosts line of such a kind.")
    ]
  }
}
