/// What must agree before anything of a file is used.
package struct ControlRules: Hashable, Sendable {
  /// A sum that the file states.
  package struct Sum: Hashable, Sendable {
    /// The field that is summed, by its path.
    package var field: String
    package var stated: ValueRecipe
  }

  /// A hash total that the file states.
  package struct HashTotal: Hashable, Sendable {
    package var column: ColumnReference
    /// How many digits of the sum are kept, the last ones; `nil` for all.
    package var digits: Int?
    package var stated: ValueRecipe
  }

  /// A column that numbers the bills.
  package struct Sequence: Hashable, Sendable {
    package var column: ColumnReference
    package var first: Int
  }

  /// Two values that must be the same.
  package struct Pair: Hashable, Sendable {
    package var name: String
    package var value: ValueRecipe
    package var other: ValueRecipe
  }

  /// A file beside the bill file that holds figures.
  package struct SideFile: Hashable, Sendable {
    package enum Form: String, Hashable, Sendable { case pairs, csv }
    /// `{name}` and `{stem}` stand for the bill file's name, with and without its last extension.
    package var name: String
    package var form: Form
  }

  package var count: ValueRecipe?
  package var sums: [Sum] = []
  package var hashTotals: [HashTotal] = []
  package var sequence: Sequence?
  package var equal: [Pair] = []
  package var sideFile: SideFile?

  package init() {}

  /// Whether nothing is controlled.
  package var isEmpty: Bool { self == ControlRules() }

  /// All recipes of stated values.
  package var recipes: [ValueRecipe] {
    [count].compactMap { $0 } + sums.map(\.stated) + hashTotals.map(\.stated) + equal.flatMap { [$0.value, $0.other] }
  }
}
