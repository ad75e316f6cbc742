/// A file that this ledger has claimed: nobody else gets it.
package struct DropClaim: Hashable, Sendable {
  /// The file's name, as it arrived.
  package var name: String
  /// What was claimed with it, by its names: its done-file or checksum file.
  package var companions: [String]

  package init(name: String, companions: [String] = []) {
    self.name = name
    self.companions = companions
  }
}
