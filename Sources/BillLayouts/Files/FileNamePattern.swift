package import SchemaRules

/// The names that a layout's files have, and the values in them.
///
/// The pattern is of the subset that `CompiledPattern` knows, with named groups: whether a name matches is found in one
/// pass over it, whatever the pattern and whoever chose the name. Only of names that match are the groups looked for.
package struct FileNamePattern: Hashable, Sendable {
  package let source: String
  /// The named groups, in their order.
  package let groups: [String]
  /// The pattern without the groups' names, tied to both ends: compiled once, since a folder may hold very many names.
  private let unnamed: CompiledPattern
  /// The pattern itself, for the groups. It has no closures in it, and may be matched by several threads.
  private nonisolated(unsafe) let named: Regex<AnyRegexOutput>

  /// - Throws: `PatternError` where the pattern is no regular expression, or not of the subset.
  package init(_ source: String) throws(PatternError) {
    self.source = source
    var (unnamed, groups) = ("", [String]())
    var rest = Substring(source)
    while let first = rest.first {
      if first == "\\" {
        unnamed += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("(?<") {
        let name = rest.dropFirst(3).prefix { $0 != ">" && $0 != "(" }
        groups.append(String(name))
        unnamed += "("
        rest = rest.dropFirst(4 + name.count)
      } else {
        unnamed.append(first)
        rest = rest.dropFirst()
      }
    }
    self.groups = groups
    self.unnamed = try CompiledPattern("^(?:\(unnamed))$")
    guard let named = try? Regex(source) else {
      throw PatternError(reason: .malformed("the name of a group"), pattern: source, column: 1)
    }
    self.named = named
  }

  /// The values of the named groups in a file's name; `nil` where the name doesn't match as a whole. A group that took
  /// no part is empty.
  package func values(in name: String) -> [String: String]? {
    guard unnamed.matches(name) else { return nil }
    if groups.isEmpty { return [:] }
    guard let match = name.wholeMatch(of: named) else { return nil }
    var values: [String: String] = [:]
    for group in groups { values[group] = match[group]?.substring.map(String.init) ?? "" }
    return values
  }

  package static func == (one: FileNamePattern, other: FileNamePattern) -> Bool { one.source == other.source }

  package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
