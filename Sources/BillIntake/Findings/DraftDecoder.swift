import BillLayouts
import BillModel
import SchemaRules

/// Reads what `DraftEncoder` wrote, in this process: the two change together.
struct DraftDecoder {
  private var rest: ArraySlice<UInt8>

  /// The count of a finding's bytes, its length included.
  static func length(_ bytes: [UInt8], at start: Int) -> Int {
    bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: start, as: UInt32.self)) }
  }

  static func decode(_ bytes: ArraySlice<UInt8>) -> FindingDraft {
    var decoder = DraftDecoder(rest: bytes.dropFirst(4))
    let record = decoder.number(UInt32.self)
    let line = Int(decoder.number(Int64.self))
    let code = FindingCode.allCases[Int(decoder.number(UInt16.self))]
    let severity: Severity = decoder.number(UInt8.self) == 0 ? .error : .warning
    let variant = decoder.number(UInt8.self)
    let column = Int(decoder.number(Int32.self))
    let cause = decoder.cause()
    var draft = FindingDraft(
      code: code, severity: severity, record: record, line: line, column: column < 0 ? nil : column, cause: cause,
      value: decoder.text(), source: decoder.text())
    draft.variant = variant
    return draft
  }

  private mutating func cause() -> FindingCause {
    switch number(UInt8.self) {
    case 0: return .fieldCount(figure(), ending: RecordEnding(rawValue: figure()) ?? .whole)
    case 1: return .quoteInField
    case 2: return .bytesAfterQuote
    case 3: return .nulByte(offset: figure(), isOfLine: figure() == 1)
    case 4: return .invalidUTF8(offset: figure())
    case 5: return .recordTooLong(limit: figure())
    case 6: return .field(fieldFault())
    case 7:
      let fault = figure()
      return .presence(columns: figures(), fault: fault)
    case 8: return .currencyUnknown
    case 9: return .currencyUnsupported
    case 10: return .dateOrder(billDate: text())
    case 30: return .dueBeforeToday(today: text())
    case 11: return .personalMetadata
    case 12: return .duplicateRow(firstLine: figure())
    case 13:
      let (others, keeps) = (figure(), figure())
      return .duplicateReference(lines: figures(), others: others, keepsFirst: keeps == 1)
    case 14:
      let (line, keeps) = (figure(), figure())
      return .accountCustomers(other: text(), line: line, keepsFirst: keeps == 1)
    case 15:
      let (line, isAccount) = (figure(), figure())
      return .attributesDiffer(columns: figures(), firstLine: line, isAccount: isAccount == 1)
    case 16: return .undecodable(offset: figure())
    case 17: return .byteOrderMark(offset: figure())
    case 18: return .danglingEscape
    case 20:
      let kind = ConversionFault.Kind.allCases[figure()]
      return .conversion(ConversionFault(kind, figure(), figure()))
    case 21: return .unknownKind
    case 22: return .noParent
    case 23: return .currencyNotAllowed
    case 24: return .dueTooLate(days: figure())
    case 19: return .recordLength(figure(), expected: figure(), isCut: figure() == 1)
    case 27: return .operationUnknown
    case 28: return .partyByID
    case 31: return .noLineEnd
    case 29:
      let why = IntegerFault.allCases[figure()]
      return .amountForm(why, decimals: figure())
    case 26: return .paidOverDue(due: text())
    case 25: return .recordRoom(figure(), extent: figure())
    case let tag: preconditionFailure("a finding of the unknown kind \(tag) in the spool")
    }
  }

  private mutating func fieldFault() -> FieldFault {
    switch number(UInt8.self) {
    case 0: return .integer(IntegerFault.allCases[figure()])
    case 1: return .belowMinimum(Int64(figure()))
    case 2: return .aboveMaximum(Int64(figure()))
    case 3: return .tooShort(length: figure(), minimum: figure())
    case 4: return .tooLong(length: figure(), maximum: figure())
    case 5: return .pattern(index: figure())
    case 6: return .excluded(index: figure())
    case 7: return .dateFormat
    case 8: return .dateImpossible
    case 9: return .email(EmailFault.allCases[figure()])
    case 10: return .notAChoice
    case 11: return .alternatives(matching: figure())
    case let tag: preconditionFailure("a field fault of the unknown kind \(tag) in the spool")
    }
  }

  private mutating func figure() -> Int { Int(number(Int64.self)) }

  private mutating func figures() -> [Int] { (0..<number(UInt16.self)).map { _ in figure() } }

  private mutating func text() -> [UInt8] {
    let count = Int(number(UInt16.self))
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
    let size = MemoryLayout<Number>.size
    defer { rest = rest.dropFirst(size) }
    return rest.withUnsafeBytes { $0.loadUnaligned(as: Number.self) }
  }
}
