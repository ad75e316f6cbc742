import BillLayouts
import Tabular

/// How rows of a checked file are read again: parsed and mapped as the first time.
struct RowReading: Sendable {
  let file: FileReading
  let mapping: MappingPlan?
  let keys: LayoutKeys

  /// What maps the records; `nil` where they need no mapping.
  func mapper(_ state: MappingState = MappingState()) -> RecordMapper? {
    mapping.map { RecordMapper(plan: $0, codes: KeyedCodes(keys.values), state: state) }
  }
}
