/// Where a value comes from, and what is done to it.
package struct ValueRecipe: Hashable, Sendable {
  /// Where a value comes from.
  package indirect enum Source: Hashable, Sendable {
    case column(ColumnReference)
    case header(String)
    case parent(String)
    case trailer(String)
    case fileName(group: String)
    case sideFile(String)
    case constant([UInt8])
    /// Those that aren't empty, with `separator` between them.
    case join([ValueRecipe], separator: [UInt8])
    /// The first that isn't empty.
    case first([ValueRecipe])
  }

  package var source: Source
  package var steps: [ConversionStep]

  package init(source: Source, steps: [ConversionStep] = []) {
    self.source = source
    self.steps = steps
  }

  /// This recipe and those inside of it, outermost first.
  package var all: [ValueRecipe] {
    switch source {
    case .join(let parts, _), .first(let parts): [self] + parts.flatMap(\.all)
    default: [self]
    }
  }

  /// The columns of the record that it reads, in the order in which they stand in it.
  package var columns: [ColumnReference] {
    all.compactMap { if case .column(let reference) = $0.source { reference } else { nil } }
  }

  /// Whether a file's name and its header suffice to tell the value.
  package var isToldByTheHead: Bool {
    all.allSatisfy {
      switch $0.source {
      case .header, .fileName, .constant, .join, .first: true
      case .column, .parent, .trailer, .sideFile: false
      }
    }
  }

  /// Whether it looks at the parent record above.
  package var looksAtAParent: Bool { all.contains { if case .parent = $0.source { true } else { false } } }

  /// Whether it looks at the header.
  package var looksAtTheHeader: Bool { all.contains { if case .header = $0.source { true } else { false } } }
}
