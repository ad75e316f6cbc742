import BillModel

/// One thing that is wrong in a configuration.
package struct ConfigurationMistake: Hashable, Sendable {
  /// Line of the file, from 1.
  package var line: Int
  /// A JSON pointer (RFC 6901): `/feeds/nightly/drop/path`; empty for the whole.
  package var pointer: String
  /// A sentence.
  package var message: String
}

extension ConfigurationMistake {
  /// So many are told to people.
  private static let mostTold = 50

  /// Its path and what is wrong, on one line: names of members may hold anything.
  package var text: String { Masking.oneLine(pointer.isEmpty ? message : "\(pointer) \(message)") }

  /// The first ones as lines of a file, and how many more there are.
  package static func lines(_ mistakes: [ConfigurationMistake], of path: String) -> [String] {
    let name = Masking.oneLine(path)
    let told = mistakes.prefix(mostTold).map { "\(name):\($0.line): \($0.text)" }
    let left = mistakes.count - told.count
    return told + (left > 0 ? ["\(name): and \(MoneyText.count(left)) more"] : [])
  }
}
