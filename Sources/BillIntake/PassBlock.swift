import BillLayouts
import BillModel
import CScan
import Tabular

/// One block of the input on its way through pass one, used again for a later one.
final class PassBlock {
  var batch = RecordBatch()
  var results = RowResults()
  /// How its rows are judged; `nil` where no row of it is.
  var checker: RowChecker?
  /// How many of its records can be judged.
  var readableRecords = 0
  /// What is wrong with the file as a whole, as this block shows.
  var fileFindings: [Finding] = []

  /// What maps its records on their own; `nil` where they need no mapping, or had it when they were read.
  var mapper: RecordMapper?
  /// What is wrong with its records by their layout.
  var mappingFaults: [MappingFault] = []
  /// From which record on which state held, where records go by one.
  var states: [(from: Int, state: MappingState)] = []

  /// Forgets what was in it.
  func begin() {
    fileFindings = []
    checker = nil
    readableRecords = 0
    mappingFaults = []
    states = []
  }

  /// Takes over what a mapper said of its records when they were read.
  func take(_ mapper: RecordMapper?) {
    mappingFaults = mapper?.faults ?? []
    states = mapper?.states ?? []
  }

  /// Maps and judges the rows.
  ///
  /// - Parameters:
  ///   - digest: What is digested meanwhile.
  ///   - isOwn: Whether that is this block's own bytes.
  func check(digesting digest: UnsafeMutablePointer<cscan_digest>?, isOwn: Bool = false) {
    results.removeAll()
    guard let checker, readableRecords > 0 else { return }
    if mapper != nil {
      mapper?.map(&batch, digesting: digest, isOfBatch: isOwn)
      mappingFaults = mapper?.faults ?? []
    }
    checker.check(batch, count: readableRecords, mapping: mappingFaults, digesting: digest, into: &results)
  }
}
