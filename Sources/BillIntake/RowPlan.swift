import SchemaRules

/// What the columns of one file mean: compiled from its heading row.
struct RowPlan: Sendable {
  let columns: [ColumnPlan]
  let presence: PresenceRules
  let reference: Int?
  let currency: Int?
  let amountDue: Int?
  let billDate: Int?
  let dueDate: Int?
  /// All columns that hold a currency: the bill's and the parties'.
  let currencies: [Int]
  /// All columns that hold metadata.
  let metadata: [Int]
  let account: PartyColumns?
  let accountCustomer: PartyColumns?
  let customer: PartyColumns?
  /// The greatest amount that counts as read.
  let readableAmount: Int64

  /// - Throws: `SchemaError` where the schema has a rule over several members that looks at more than presence.
  init(columns: [ColumnPlan], schema: CompiledSchema) throws(SchemaError) {
    self.columns = columns
    presence = try schema.presence(columns: columns.compactMap(\.path?.description))
    func column(_ path: String) -> Int? { columns.firstIndex { $0.path?.description == path } }
    reference = column("external_reference")
    currency = column("currency")
    amountDue = column("amount_due")
    billDate = column("bill_date")
    dueDate = column("due_date")
    currencies = columns.indices.filter { columns[$0].path?.attribute == .currency }
    metadata = columns.indices.filter { columns[$0].isMetadata }
    account = PartyColumns(.account, in: columns)
    accountCustomer = PartyColumns(.accountCustomer, in: columns)
    customer = PartyColumns(.customer, in: columns)
    readableAmount = max(2_000_000_000, schema.field("amount_due")?.rule.maximum ?? 0)
  }

  /// How many columns stand before the reason columns at the end.
  var keptColumns: Int { (columns.lastIndex { !$0.isPassedOver } ?? -1) + 1 }
}

extension ColumnPlan {
  /// Whether the column holds metadata of the bill or of a party.
  var isMetadata: Bool { if case .metadata = path?.attribute { true } else { false } }
}
