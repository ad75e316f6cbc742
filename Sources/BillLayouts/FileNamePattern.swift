/// The names that a layout's files have, and the values in them.
package struct FileNamePattern: Hashable, Sendable {
  package let source: String
  /// The named groups, in their order.
  package let groups: [String]

  /// - Returns: `nil` where the pattern is no regular expression.
  package init?(_ source: String) {
    guard (try? Regex(source)) != nil else { return nil }
    self.source = source
    var groups: [String] = []
    var rest = Substring(source)
    while let start = rest.firstRange(of: "(?<") {
      rest = rest[start.upperBound...]
      guard let first = rest.first, first != "=", first != "!" else { continue }
      groups.append(String(rest.prefix { $0 != ">" }))
    }
    self.groups = groups
  }

  /// The values of the named groups in a file's name; `nil` where the name doesn't match as a whole. A group that took
  /// no part is empty.
  package func values(in name: String) -> [String: String]? {
    guard let regex = try? Regex(source), let match = name.wholeMatch(of: regex) else { return nil }
    var values: [String: String] = [:]
    for group in groups { values[group] = match[group]?.substring.map(String.init) ?? "" }
    return values
  }
}
