package import Drops
package import Transport

/// A drop on an SFTP server, as the configuration has it: secrets are named, not held.
package struct SFTPSettings: Hashable, Sendable {
  package enum Login: Hashable, Sendable {
    case keyFile(String, passphrase: SecretSource?)
    case password(SecretSource)
    case agent
  }

  package var address: SFTPAddress
  package var login = Login.agent
  /// The path of a known_hosts file; `nil`: the user's own, where no host keys are pinned.
  package var knownHosts: String?
  /// Fingerprints of host keys that are trusted.
  package var hostKeys: [String] = []
  package var folders: DropFolders
  package var afterwards = SFTPDropOptions.Afterwards.archive
  /// The folder of this machine for copies; `nil`: beside the ledger.
  package var staging: String?
  package var stagedDays = 0
  package var connections = 4
  /// Seconds that nothing may move.
  package var timeout = 60

  package init(address: SFTPAddress) {
    self.address = address
    folders = DropFolders(root: address.path)
  }
}
