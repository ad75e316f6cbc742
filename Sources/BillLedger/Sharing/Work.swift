package import Hashing

/// A piece of work that one process has at a time, of all that share a ledger.
package enum Work: Hashable, Sendable {
  /// A file, by its bytes: checked rows, requests, outcomes, report.
  case file(SHA256Digest)
  /// A share in a file that several processes send together: the ranges of rows that one of them has. By the file's bytes
  /// and a name that nobody else ever has, so that nobody else wants it, and it is never had again.
  case share(SHA256Digest, of: String)
  /// All files whose rows change what is there, and don't only raise bills.
  case changes
  /// A file in a drop, from before its claim until it is put away. Drops go by a name that all processes have for them.
  case dropFile(place: String, name: String)
  /// Claiming in a drop where something lies beside its files: what is half done looks like what a dead process left.
  case claiming(place: String)
  /// All files of a feed whose files follow each other.
  case feed(place: String, name: String)
  /// Telling people of a subject: each matter once.
  case telling(String)

  /// By which the ledger knows it.
  var key: String {
    switch self {
    case .file(let digest): "file \(digest.hex)"
    case .share(let digest, let owner): "\(Self.sharePrefix(digest))\(owner)"
    case .changes: "changes"
    case .dropFile(let place, let name): "drop \(place)/\(name)"
    case .claiming(let place): "claiming \(place)"
    case .feed(let place, let name): "feed \(place)/\(name)"
    case .telling(let subject): "telling \(subject)"
    }
  }

  /// By which people know it.
  package var words: String {
    switch self {
    case .file(let digest): "the file \(digest.short)"
    case .share(let digest, _): "rows of the file \(digest.short)"
    case .changes: "a file that changes what is there"
    case .dropFile(_, let name): name
    case .claiming: "claiming in a drop"
    case .feed(_, let name): "the feed \(name)"
    case .telling: "telling people"
    }
  }
  /// With which the keys of all shares in a file begin.
  static func sharePrefix(_ digest: SHA256Digest) -> String { "share \(digest.hex) " }
}
