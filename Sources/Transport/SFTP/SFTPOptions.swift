/// What an SFTP client is made with.
package struct SFTPOptions: Sendable {
  package var address: SFTPAddress
  package var login: SFTPLogin
  package var trust: SFTPTrust
  /// How long a connection may take to come about, its login among it.
  package var connectTimeout = Duration.seconds(20)
  /// How long nothing may move, or a command may take.
  package var stallTimeout = Duration.seconds(60)
  /// Connections at a time, 1 to 4: one for listings and small files, more for large ones.
  package var connections = 4
  /// How often a connection is tried anew before it is given up; the pauses between grow from half a second on.
  package var tries = 5

  package init(address: SFTPAddress, login: SFTPLogin, trust: SFTPTrust) {
    self.address = address
    self.login = login
    self.trust = trust
  }
}
