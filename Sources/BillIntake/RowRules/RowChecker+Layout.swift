import BillLayouts
import BillModel
import Tabular

/// What a layout adds to the rules of a row.
extension RowChecker {
  /// Notes what mapping found wrong with a record.
  func noteMapping(
    _ faults: [MappingFault], from next: inout Int, _ index: Int, _ cells: RowCells, _ row: inout RowInCheck,
    _ results: inout RowResults
  ) {
    while next < faults.count, faults[next].record <= index {
      defer { next += 1 }
      guard faults[next].record == index else { continue }
      if let column = faults[next].unmade { row.markUnmade(column) }
      switch faults[next].kind {
      case .conversion(let fault): note(fault, faults[next].target ?? 0, cells, &row, &results)
      case .fieldCount(let count): noteFieldCount(count, &row, &results)
      case .unknownKind: note(.recordKind, .unknownKind, &row, &results)
      case .noParent:
        row.lacksParent = true
        note(.recordParentMissing, .noParent, &row, &results)
      }
    }
  }

  private func note(
    _ code: FindingCode, _ cause: FindingCause, _ row: inout RowInCheck, _ results: inout RowResults
  ) {
    row.facts.isValid = false
    results.drafts.append(FindingDraft(code: code, record: row.record, line: row.line, cause: cause))
  }

  private func note(
    _ fault: ConversionFault, _ column: Int, _ cells: RowCells, _ row: inout RowInCheck,
    _ results: inout RowResults
  ) {
    guard !row.isUnreadable(column) else { return }
    let code = FindingCode(fault.kind, plan.columns[column].path?.attribute)
    if fault.kind == .rounded {
      return warn(code, .conversion(fault), column: column, value: cells[column], to: &row, &results)
    }
    row.markUnreadable(column)
    row.facts.isValid = false
    // The currency that is missing is told of the currency's column.
    if fault.kind == .amountCurrency { return }
    add(code, .conversion(fault), column: column, value: cells[column], to: &row, &results)
  }

  /// Puts what the file has beside the values that were made of it.
  func addSources(_ cells: RowCells, to results: inout RowResults, from first: Int) {
    guard let mapped = plan.mapped else { return }
    for index in first..<results.drafts.count {
      guard let column = results.drafts[index].column, column < mapped.targetCount else { continue }
      let parts = mapped.origins[column].map { cells[$0] }.filter { !$0.isEmpty }
      guard !parts.isEmpty else { continue }
      results.drafts[index].source = Array(
        parts.joined(separator: [UInt8(ascii: " ")]).prefix(FindingDraft.longestValue))
    }
  }

  /// A due date so many days after the bill's.
  func checkDistance(
    _ bill: UnsafeBufferPointer<UInt8>, _ due: UnsafeBufferPointer<UInt8>, _ column: Int, _ row: inout RowInCheck,
    _ results: inout RowResults
  ) {
    guard let most = plan.rules.dueWithinDays, let from = CivilDate(cell: bill), let to = CivilDate(cell: due) else {
      return
    }
    let days = to.dayNumber - from.dayNumber
    if days > most { add(.dateTooFar, .dueTooLate(days: days), column: column, value: due, to: &row, &results) }
  }
}

extension CivilDate {
  /// The date of a cell of the form YYYY-MM-DD that was checked.
  init?(cell: UnsafeBufferPointer<UInt8>) {
    guard cell.count == 10 else { return nil }
    func number(_ range: Range<Int>) -> Int { cell[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
    self.init(year: number(0..<4), month: number(5..<7), day: number(8..<10))
  }

  /// Days since a day long ago, to take differences of.
  fileprivate var dayNumber: Int {
    // March is the first month of a year that ends with February.
    let shifted = month > 2 ? year : year - 1
    let ordinal = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + ordinal
  }
}

extension FindingCode {
  /// The code of a step that could not be done, by the field that it was for.
  init(_ kind: ConversionFault.Kind, _ attribute: FieldPath.Attribute?) {
    self =
      switch kind {
      case .amountForm, .amountSize, .amountCurrency: attribute == .balance ? .balanceFormat : .amountFormat
      case .amountDecimals: .amountDecimals
      case .dateForm: .dateFormat
      case .dateImpossible: .dateImpossible
      case .dateSerial: .spreadsheetDateSerial
      case .phoneForm, .phoneRegion: .phoneFormat
      case .phoneLostZero, .lostZeros: .spreadsheetLostZeros
      case .booleanWord, .notInMap, .width, .notDigits, .binary, .cutShort: .fieldConversion
      case .identityForm, .identityCheck: .identityNumber
      case .scientific: .spreadsheetScientific
      case .hashes: .spreadsheetHashes
      case .rounded: .spreadsheetRounded
      }
  }
}
