import DurableFiles

/// Where a password or a passphrase is kept.
package enum SecretSource: Hashable, Sendable {
  /// A variable of the environment, by its name.
  case variable(String)
  /// The first line of a file.
  case file(String)

  /// The secret; `nil` where there is none.
  func secret(_ variable: (String) -> String?) throws(SmallFileFault) -> String? {
    switch self {
    case .variable(let name): return variable(name).flatMap { $0.isEmpty ? nil : $0 }
    case .file(let path):
      return try SmallFile(path: path, mostBytes: 4096).text.split(whereSeparator: \.isNewline).first.map(String.init)
    }
  }

  /// For messages.
  var name: String {
    switch self {
    case .variable(let name): "the variable \(name)"
    case .file(let path): path
    }
  }
}
