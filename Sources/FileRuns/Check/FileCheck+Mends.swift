import BillIntake
import BillLayouts
import BillModel
import LayoutGuessing

extension FileCheck {
  /// The lines of a layout that make whole columns right.
  ///
  /// - Parameter goesOn: Asked now and then; after a no, there are none.
  func mends(goesOn: () -> Bool) throws(RunFault) -> [ColumnMend] {
    var values: [String: WrongValues] = [:]
    do throws(IntakeError) {
      let columns = try wrongColumns(
        { path, code, value in values[path, default: WrongValues(code)].add(value) }, goesOn: goesOn)
      return columns.compactMap { column in
        guard column.steps.allSatisfy(\.isReplaced) else { return nil }
        return values[column.path]?.mend(
          path: column.path, heading: column.heading, count: column.count,
          isTrimmed: column.steps.contains(.trim))
      }
    } catch {
      throw .intake(error)
    }
  }
}

extension ConversionStep {
  /// Whether a line that mends its column has what this step does, or does it otherwise.
  fileprivate var isReplaced: Bool {
    switch self {
    case .trim, .amount, .date, .phone: true
    default: false
    }
  }
}
