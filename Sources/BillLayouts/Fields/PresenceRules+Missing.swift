package import SchemaRules

extension PresenceRules {
  /// What is missing even in a row in which every column holds a value: the paths of which one is needed, and the
  /// object that needs it.
  package var alwaysMissing: [(paths: [String], object: String)] {
    var all = ColumnSet()
    for bit in columns.indices { all.insert(bit) }
    return check(all).compactMap { fault in
      switch fault {
      case .missing(let path, let object): ([path], object)
      case .noneOf(let paths, let object): (paths, object)
      case .needs, .bothForms, .severalOf, .excluded, .tooMany, .tooFew: nil
      }
    }
  }
}
