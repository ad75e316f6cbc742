/// Why a file in a drop is nobody's, by its name.
package enum UntakenName: String, Sendable {
  case ofNoFeed = "no feed takes a file of this name"
  case besideNothing = "it is called as what lies beside another file, which isn't there"

  /// - Parameters:
  ///   - endings: of what lies beside files.
  ///   - names: of all that lies there.
  /// - Returns: `nil` for what lies beside a file.
  package init?(_ name: String, endings: Set<String>, among names: Set<String>) {
    let mains = endings.filter { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }
    if mains.contains(where: { names.contains($0) }) { return nil }
    self = mains.isEmpty ? .ofNoFeed : .besideNothing
  }
}
