import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// Makes findings of drafts: the words for people, with the columns of the file and the limits of the schema.
struct FindingText: Sendable {
  let plan: RowPlan
  let marks: DialectWords

  /// - Parameter dialect: How the file is written; `nil` where its columns stand at fixed places.
  init(plan: RowPlan, dialect: Dialect?) { self.init(plan: plan, marks: DialectWords(dialect)) }

  private init(plan: RowPlan, marks: DialectWords) { (self.plan, self.marks) = (plan, marks) }

  func finding(_ draft: FindingDraft) -> Finding {
    guard draft.variant == 0 || Int(draft.variant) > plan.variants.count else {
      var own = draft
      own.variant = 0
      return FindingText(plan: plan.variants[Int(draft.variant) - 1], marks: marks).finding(own)
    }
    let column = draft.column.map { plan.columns[$0] }
    let raw = String(decoding: draft.value, as: UTF8.self)
    let words = words(draft, column, raw)
    return Finding(
      code: draft.code, severity: draft.severity, record: Int(draft.record), line: draft.line,
      column: column?.heading ?? words.column,
      value: shown(draft, column, raw),
      message: words.message, hint: words.hint)
  }

  /// The value as the file has it.
  private func shown(_ draft: FindingDraft, _ column: ColumnPlan?, _ raw: String) -> String? {
    let text = draft.source.isEmpty ? raw : String(decoding: draft.source, as: UTF8.self)
    return text.isEmpty ? nil : Masking.shown(text, as: kind(draft, column))
  }

  private func kind(_ draft: FindingDraft, _ column: ColumnPlan?) -> Masking.Kind {
    if case .personalMetadata = draft.cause { return .identity }
    switch column?.path?.attribute {
    case .name: return .name
    case .email: return .email
    case .phone: return .phone
    default: return .plain
    }
  }

  private func words(_ draft: FindingDraft, _ column: ColumnPlan?, _ raw: String) -> FindingWords {
    switch draft.cause {
    case .fieldCount(let count, let ending): fieldCount(count, ending)
    case .quoteInField: quoteInField(column)
    case .bytesAfterQuote: bytesAfterQuote(column)
    case .nulByte(let offset, let isOfLine): nulByte(column, offset, isOfLine: isOfLine)
    case .invalidUTF8(let offset): invalidUTF8(column, offset)
    case .recordTooLong(let limit): recordTooLong(limit)
    case .undecodable(let offset): undecodable(column, offset)
    case .byteOrderMark(let offset): byteOrderMark(offset)
    case .danglingEscape: danglingEscape(column)
    case .recordLength(let length, let expected, let isCut): recordLength(length, expected, isCut)
    case .recordRoom(let length, let extent): recordRoom(length, extent)
    case .field(let fault):
      madeAmount(fault, draft.column, raw) ?? column.map { FieldText($0, raw).words(fault) } ?? .unknown
    case .presence(let present, let fault): presence(present, fault)
    case .conversion(let fault): ConversionText(plan: plan, column: draft.column, raw: raw).words(fault)
    case .unknownKind: Self.unknownKind
    case .noParent:
      FindingWords(
        "No parent record stands above this bill, or one that can't be read stands between.",
        "Its values come from the one above: is the file cut, or sorted, or a record damaged?")
    case .currencyNotAllowed:
      FindingWords("The layout doesn't allow \(noun)s in \(Masking.cut(raw)).", "See \"currencies\" in its rules.")
    case .dueTooLate(let days):
      FindingWords(
        "The bill is due \(days) days after its date.",
        "The layout allows \(plan.rules.dueWithinDays ?? 0): are day and month swapped, or is the year wrong?")
    case .currencyUnknown: FieldText.currency(raw)
    case .currencyUnsupported:
      FindingWords(
        "Moment doesn't take \(noun)s in \(Masking.cut(raw)) today.",
        "It takes \(Currency.supported.map(\.description).joined(separator: " and ")); the \(noun) is sent all the same."
      )
    case .dateOrder(let billDate):
      FindingWords(
        "The bill is due before its date, \(String(decoding: billDate, as: UTF8.self)).",
        "The due date is the bill date or a later day: are the two columns swapped, or is the year wrong?")
    case .dueBeforeToday(let today):
      FindingWords(
        "The bill has no date, and is due before today, \(String(decoding: today, as: UTF8.self)).",
        "A bill without a date gets that of the day on which it is sent, and the API refuses one that is due before: "
          + "give it its bill_date, or correct the due date.")
    case .operationUnknown:
      FindingWords(
        raw.isEmpty ? "The row doesn't say what it asks for." : "There is no operation \(Masking.cut(raw)).",
        "Give one of \(OperationKind.ofRows.map(\.rawValue).joined(separator: ", ")), or map your words to them.")
    case .paidOverDue(let due):
      FindingWords(
        "More was paid than is due: \(Masking.cut(raw)) of \(String(decoding: due, as: UTF8.self)).",
        "What was paid before is a part of amount_due: are the two columns swapped, or is amount_due what was left?")
    case .amountForm(let why, let decimals):
      column.flatMap { FieldText($0, raw, decimals: decimals) }?.integer(why) ?? .unknown
    case .partyByID:
      FindingWords(
        "The amount goes to a balance, and the row names whose by the API's id.",
        "Name the customer or account by its external reference: rows about one balance go one after the other.")
    case .personalMetadata:
      FindingWords(
        "The value looks like an identity number.",
        "Personal data is not allowed in metadata, and the API may refuse the \(noun): leave the column out.")
    case .noLineEnd: Self.noLineEnd
    case .duplicateRow(let line):
      FindingWords(
        "The row is the same as the one on line \(line), which stands.",
        "Leave it out: each \(noun) is sent once.")
    case .duplicateReference(let lines, let others, let keepsFirst): duplicate(lines, others, keepsFirst)
    case .accountCustomers(let other, let line, let keepsFirst): accountCustomers(other, line, keepsFirst)
    case .attributesDiffer(let columns, let line, let isAccount): attributes(columns, line, isAccount)
    }
  }

  static let unknownKind = FindingWords(
    "The record is of a kind that the layout doesn't know.",
    "Name it under \"records\" in the layout: as a detail, or among those that are ignored.")
}
