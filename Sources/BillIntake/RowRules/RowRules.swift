import BillLayouts
import BillModel
import SchemaRules

/// The columns of one file laid out for the check of its rows: nothing in it is counted or allocated when it is read.
struct RowRules: Sendable {
  /// The columns that have rules, in the file's order.
  let checks: FixedList<FieldCheck>
  /// Their rules, in the same order.
  let fields: CompiledColumns
  /// All columns that hold a currency: the bill's and the parties'.
  let currencies: FixedList<Int32>
  /// All columns that hold metadata.
  let metadata: FixedList<Int32>
  /// The columns that take values from a parent record, by their bits.
  let parental: SIMD4<UInt64>
  /// The currencies that Moment supports and the layout allows, by `CurrencyCode.packed`.
  private let supported: FixedList<UInt32>
  /// The same, the first letter in the lowest byte.
  let supportedWords: FixedList<UInt32>

  init(_ plan: RowPlan) {
    var checks: [FieldCheck] = []
    var fields: [CompiledField] = []
    var parental = SIMD4<UInt64>.zero
    let recipes = plan.mapped?.recipes ?? []
    for (index, column) in plan.columns.enumerated() {
      guard let rules = column.rules else { continue }
      var present = SIMD4<UInt64>.zero
      present[column.bit >> 6] = 1 << UInt64(column.bit & 63)
      if index < recipes.count, recipes[index].looksAtAParent { parental |= present }
      checks.append(FieldCheck(column: Int32(index), rules: Int32(fields.count), present: present))
      fields.append(rules)
    }
    self.parental = parental
    self.checks = FixedList(checks)
    self.fields = CompiledColumns(fields)
    currencies = FixedList(plan.currencies.map { Int32($0) })
    metadata = FixedList(plan.metadata.map { Int32($0) })
    let allowed = plan.rules.currencies
    let packed = Currency.supported.filter { allowed.isEmpty || allowed.contains($0) }.map(\.packed)
    supported = FixedList(packed)
    supportedWords = FixedList(packed.map { $0.byteSwapped >> 8 })
  }

  /// Whether Moment supports a currency, and the layout allows it.
  @inline(__always)
  func isSupported(_ code: CurrencyCode) -> Bool {
    for known in supported.view where known == code.packed { return true }
    return false
  }
}
