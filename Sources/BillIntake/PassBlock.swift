import BillModel
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

  /// Judges the rows.
  func check() {
    results.removeAll()
    if let checker, readableRecords > 0 { checker.check(batch, count: readableRecords, into: &results) }
  }
}
