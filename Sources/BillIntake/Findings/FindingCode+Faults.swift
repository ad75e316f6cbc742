import BillLayouts
import BillModel
import SchemaRules

extension FindingCode {
  /// The code of a broken rule of the schema, by the field that broke it.
  init(_ fault: FieldFault, in attribute: FieldPath.Attribute) {
    self =
      switch (attribute, fault) {
      case (.reference, .pattern): .referencePattern
      case (.reference, .tooLong), (.reference, .tooShort): .referenceLength
      case (.reference, .excluded): .referenceReserved
      case (.amountDue, .integer), (.amountPaid, .integer), (.paymentAmount, .integer): .amountFormat
      case (.amountDue, .belowMinimum), (.amountDue, .aboveMaximum), (.amountPaid, .belowMinimum),
        (.amountPaid, .aboveMaximum), (.paymentAmount, .belowMinimum), (.paymentAmount, .aboveMaximum):
        .amountRange
      case (.paymentReference, .pattern): .referencePattern
      case (.paymentReference, .tooLong), (.paymentReference, .tooShort): .referenceLength
      case (.balance, .integer): .balanceFormat
      case (.balance, .belowMinimum), (.balance, .aboveMaximum): .balanceRange
      case (.currency, .pattern), (.currency, .tooLong), (.currency, .tooShort), (.currency, .notAChoice):
        .currencyUnknown
      case (.billDate, .dateFormat), (.dueDate, .dateFormat): .dateFormat
      case (.billDate, .dateImpossible), (.dueDate, .dateImpossible): .dateImpossible
      case (.email, .email), (.email, .pattern): .emailFormat
      case (.email, .tooLong), (.email, .tooShort): .emailLength
      case (.phone, .pattern), (.phone, .tooLong), (.phone, .tooShort): .phoneFormat
      case (.name, .tooLong), (.name, .tooShort): .nameLength
      case (.metadata, .tooLong), (.metadata, .tooShort): .metadataLength
      case (.id, .pattern), (.id, .tooLong), (.id, .tooShort): .idFormat
      default: .fieldRule
      }
  }

  /// The code of a broken rule about which cells hold a value.
  init(_ fault: PresenceFault) {
    self =
      switch fault {
      case .missing(let path, _): Self.missing(path)
      case .needs(let path, let needed):
        path.hasSuffix("balance") && needed.hasSuffix("currency") ? .balanceCurrency : Self.missing(needed)
      case .bothForms, .severalOf: .partyBoth
      case .noneOf(_, let object): object == "account" ? .partyCustomerMissing : .partyMissing
      case .tooMany(let object, _, _), .tooFew(let object, _, _):
        object.hasSuffix("metadata") ? .metadataCount : .fieldRule
      case .excluded: .fieldRule
      }
  }

  /// The code of a member that must be there and isn't.
  private static func missing(_ path: String) -> Self {
    switch path {
    case "account.customer", "account.customer.external_reference": .partyCustomerMissing
    case "customer", "account": .partyMissing
    default:
      FieldPath(path).map { missing($0.attribute) } ?? (path.hasSuffix("metadata") ? .metadataRequired : .fieldRule)
    }
  }

  private static func missing(_ attribute: FieldPath.Attribute) -> Self {
    switch attribute {
    case .operation: .operationUnknown
    case .reference, .paymentReference: .referenceRequired
    case .currency: .currencyRequired
    case .amountDue, .amountPaid, .paymentAmount: .amountRequired
    case .billDate, .dueDate: .dateRequired
    case .name: .nameRequired
    case .email: .emailRequired
    case .phone: .phoneRequired
    case .balance: .balanceRequired
    case .metadata: .metadataRequired
    case .id: .partyMissing
    }
  }
}

extension PresenceFault {
  /// The member that the fault is about, where it is about one.
  var memberPath: String? {
    switch self {
    case .missing(let path, _):
      path == "account.customer" ? "account.customer.external_reference" : path
    case .needs(_, let needed): needed
    case .bothForms(let path): path
    case .noneOf, .severalOf, .excluded, .tooMany, .tooFew: nil
    }
  }
}
