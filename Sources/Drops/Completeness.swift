/// What shows that a file has come whole.
package enum Completeness: Hashable, Sendable {
  /// Size and time of change stay the same over two looks that are so many seconds apart at least.
  case unchanged(seconds: Double)
  /// A file beside it, `NAME` with one of these endings, is there.
  case doneFile(endings: [String])
  /// A checksum file beside it is there, as coreutils write them, and matches.
  case checksum(endings: [String])

  /// Endings of the names of files that lie beside others.
  package var companionEndings: [String] {
    switch self {
    case .unchanged: []
    case .doneFile(let endings), .checksum(let endings): endings
    }
  }
}
