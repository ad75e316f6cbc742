import BillLayouts
import BillModel
import SchemaRules
import Testing

@testable import BillIntake

@Suite struct DraftCodingTests {
  static let causes: [FindingCause] =
    [
      .fieldCount(3), .fieldCount(1, ending: .mark), .noLineEnd, .quoteInField, .bytesAfterQuote,
      .nulByte(offset: 1 << 40), .invalidUTF8(offset: 7),
      .recordTooLong(limit: 1 << 20), .presence(columns: [0, 5, 200], fault: 1), .currencyUnknown, .currencyUnsupported,
      .dateOrder(billDate: Array("2026-01-31".utf8)), .dueBeforeToday(today: Array("2026-03-01".utf8)),
      .personalMetadata, .duplicateRow(firstLine: 9),
      .duplicateReference(lines: [2, 1 << 40], others: 12, keepsFirst: true),
      .accountCustomers(other: [1, 2, 3], line: 4, keepsFirst: false),
      .attributesDiffer(columns: [1], firstLine: 2, isAccount: true), .undecodable(offset: 1 << 40),
      .byteOrderMark(offset: 3), .danglingEscape, .recordLength(7, expected: 8, isCut: true),
      .recordRoom(12, extent: 5), .unknownKind, .noParent, .currencyNotAllowed, .dueTooLate(days: 400),
    ] + ConversionFault.Kind.allCases.map { .conversion(ConversionFault($0, 7, 1 << 40)) } + faults.map { .field($0) }

  static let faults: [FieldFault] =
    [
      .belowMinimum(-5), .aboveMaximum(.max), .tooShort(length: 1, minimum: 2), .tooLong(length: 256, maximum: 255),
      .pattern(index: 1), .excluded(index: 0), .dateFormat, .dateImpossible, .notAChoice, .alternatives(matching: 2),
    ] + IntegerFault.allCases.map { .integer($0) } + EmailFault.allCases.map { .email($0) }

  @Test func `a finding comes out of the spool as it went in, however many there are`() throws {
    var spool = FindingSpool(folder: "/tmp")
    var rows: [FindingDraft] = []
    for index in 0..<2000 {
      let draft = FindingDraft(
        code: FindingCode.allCases[index % FindingCode.allCases.count], severity: index % 3 == 0 ? .warning : .error,
        record: UInt32(index / 2 + 1), line: index, column: index % 5 == 0 ? nil : index % 5,
        cause: Self.causes[index % Self.causes.count], value: [UInt8](repeating: 65, count: index % 400))
      rows.append(draft)
      try spool.append(draft)
    }
    // Those of the file rules come in any order, and stand behind the others of their record.
    var all = rows
    for record in [900, 3, 3, 1200] as [UInt32] {
      let draft = FindingDraft(code: .fileDuplicateRow, record: record, line: 1, cause: .duplicateRow(firstLine: 1))
      try spool.appendFileRule(draft, rank: 0)
      all.insert(draft, at: all.lastIndex { $0.record <= record }.map { $0 + 1 } ?? 0)
    }
    try spool.finish()
    for _ in 0..<2 {
      var reader = spool.drafts()
      var read: [FindingDraft] = []
      while let draft = try reader.next() { read.append(draft) }
      #expect(read == all)
    }
  }

  @Test func `a folder that can't be written is an error`() throws {
    var spool = FindingSpool(folder: "/nowhere")
    try spool.append(FindingDraft(code: .recordNul, record: 1, line: 1, cause: .quoteInField))
    #expect(throws: IntakeError.self) { try spool.finish() }
  }
}
