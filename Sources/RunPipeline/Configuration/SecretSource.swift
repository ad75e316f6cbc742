import DurableFiles

/// Where a password or a passphrase is kept.
package enum SecretSource: Hashable, Sendable {
  /// A variable of the environment, by its name.
  case variable(String)
  /// The first line of a file.
  case file(String)

  /// The secret; `nil` where there is none.
  func secret(_ variable: (String) -> String?) -> String? {
    switch self {
    case .variable(let name): return variable(name).flatMap { $0.isEmpty ? nil : $0 }
    case .file(let path):
      guard let glimpse = try? FileGlimpse(path: path, headLimit: 4096) else { return nil }
      let line = String(decoding: glimpse.head, as: UTF8.self).split(whereSeparator: \.isNewline).first
      return line.map(String.init)
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
