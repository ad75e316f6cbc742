import BillLayouts
import BillModel
import SchemaRules

/// Writes findings for the spool: a length of four bytes, then what `DraftDecoder` reads in the same order. Never read
/// by another process.
struct DraftEncoder {
  private(set) var bytes: [UInt8]

  init(bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func encode(_ draft: FindingDraft) {
    let start = bytes.count
    write(UInt32(0))
    write(draft.record)
    write(Int64(draft.line))
    write(UInt16(FindingCode.allCases.firstIndex(of: draft.code) ?? 0))
    write(UInt8(draft.severity == .error ? 0 : 1))
    write(draft.variant)
    write(Int32(draft.column ?? -1))
    put(draft.cause)
    put(draft.value)
    put(draft.source)
    let length = UInt32(bytes.count - start)
    withUnsafeBytes(of: length) { bytes.replaceSubrange(start..<start + 4, with: $0) }
  }

  private mutating func put(_ cause: FindingCause) {
    switch cause {
    case .fieldCount(let count, let ending): put(0, count, ending.rawValue)
    case .quoteInField: put(1)
    case .bytesAfterQuote: put(2)
    case .nulByte(let offset, let isOfLine): put(3, offset, isOfLine ? 1 : 0)
    case .invalidUTF8(let offset): put(4, offset)
    case .recordTooLong(let limit): put(5, limit)
    case .field(let fault):
      put(6)
      put(fault)
    case .presence(let columns, let fault):
      put(7, fault)
      put(columns)
    case .currencyUnknown: put(8)
    case .currencyUnsupported: put(9)
    case .dateOrder(let billDate):
      put(10)
      put(billDate)
    case .dueBeforeToday(let today):
      put(30)
      put(today)
    case .personalMetadata: put(11)
    case .duplicateRow(let line): put(12, line)
    case .duplicateReference(let lines, let others, let keepsFirst):
      put(13, others, keepsFirst ? 1 : 0)
      put(lines)
    case .accountCustomers(let other, let line, let keepsFirst):
      put(14, line, keepsFirst ? 1 : 0)
      put(other)
    case .attributesDiffer(let columns, let line, let isAccount):
      put(15, line, isAccount ? 1 : 0)
      put(columns)
    case .undecodable(let offset): put(16, offset)
    case .byteOrderMark(let offset): put(17, offset)
    case .danglingEscape: put(18)
    case .conversion(let fault): put(20, Int(fault.kind.rawValue), fault.first, fault.second)
    case .unknownKind: put(21)
    case .noParent: put(22)
    case .currencyNotAllowed: put(23)
    case .dueTooLate(let days): put(24, days)
    case .operationUnknown: put(27)
    case .partyByID: put(28)
    case .noLineEnd: put(31)
    case .amountForm(let why, let decimals): put(29, IntegerFault.allCases.firstIndex(of: why) ?? 0, decimals)
    case .paidOverDue(let due):
      put(26)
      put(due)
    case .recordLength(let length, let expected, let isCut): put(19, length, expected, isCut ? 1 : 0)
    case .recordRoom(let length, let extent): put(25, length, extent)
    }
  }

  private mutating func put(_ fault: FieldFault) {
    switch fault {
    case .integer(let why): put(0, IntegerFault.allCases.firstIndex(of: why) ?? 0)
    case .belowMinimum(let limit): put(1, Int(limit))
    case .aboveMaximum(let limit): put(2, Int(limit))
    case .tooShort(let length, let minimum): put(3, length, minimum)
    case .tooLong(let length, let maximum): put(4, length, maximum)
    case .pattern(let index): put(5, index)
    case .excluded(let index): put(6, index)
    case .dateFormat: put(7)
    case .dateImpossible: put(8)
    case .email(let why): put(9, EmailFault.allCases.firstIndex(of: why) ?? 0)
    case .notAChoice: put(10)
    case .alternatives(let matching): put(11, matching)
    }
  }

  private mutating func put(_ tag: UInt8, _ figures: Int...) {
    write(tag)
    for figure in figures { write(Int64(figure)) }
  }

  private mutating func put(_ list: [Int]) {
    write(UInt16(list.count))
    for figure in list { write(Int64(figure)) }
  }

  private mutating func put(_ text: [UInt8]) {
    let kept = text.prefix(Int(UInt16.max))
    write(UInt16(kept.count))
    bytes += kept
  }

  private mutating func write(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
  }
}
