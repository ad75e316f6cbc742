import BillLayouts
import BillModel
import SchemaRules

/// What the columns of one file mean: compiled from its heading row.
struct RowPlan: Sendable {
  /// What a row asks for.
  let operation: OperationKind
  let columns: [ColumnPlan]
  let presence: PresenceRules
  /// The columns of what a row is about: its object's reference, and its money.
  let reference: Int?
  /// The column whose value stands in a file once.
  let unique: Int?
  let currency: Int?
  let amount: Int?
  /// What was paid of a bill before it is raised.
  let amountPaid: Int?
  /// Where amounts of less than zero go to balances: the columns that name a party by an id.
  let partyIDs: [Int]
  let billDate: Int?
  let dueDate: Int?
  /// All columns that hold a currency: the row's own and the parties'.
  let currencies: [Int]
  /// All columns that hold metadata.
  let metadata: [Int]
  let account: PartyColumns?
  let accountCustomer: PartyColumns?
  let customer: PartyColumns?
  /// The greatest amount that any number of rows may have.
  let readableAmount: Int64
  /// How the columns hang together where a layout maps them; `nil` where each heading is the path of a field.
  let mapped: MappedColumns?
  /// What the merchant's rows must keep beyond the schema.
  let rules: MerchantRules
  /// The day that a bill without a date would get, as such dates are written; `nil` where nothing is said of it.
  private(set) var today: [UInt8]?
  /// The column that says what its row asks for, in a file of several operations.
  let chooser: Int?
  /// The same columns for rows of each operation, in such a file.
  private(set) var variants: [RowPlan]
  private let variantNames: [[UInt8]]

  /// - Throws: `SchemaError` where the schema has a rule over several members that looks at more than presence.
  init(
    _ operation: OperationKind, columns: [ColumnPlan], schema: CompiledSchema, mapped: MappedColumns? = nil,
    rules: MerchantRules = MerchantRules(), variants: [RowVariant] = []
  ) throws(SchemaError) {
    self.operation = operation
    self.columns = columns
    self.mapped = mapped
    self.rules = rules
    presence = try schema.presence(columns: columns.compactMap(\.path?.description))
    func column(_ path: String) -> Int? { columns.firstIndex { $0.path?.description == path } }
    reference = column(operation.referencePath)
    unique = column(operation.uniquePath)
    currency = operation.currencyPath.flatMap { column($0) }
    amount = operation.amountPath.flatMap { column($0) }
    amountPaid = operation == .bill ? column("amount_paid") : nil
    let addsToBalances = operation == .bill && rules.negativeBills == .balance
    partyIDs = addsToBalances ? columns.indices.filter { columns[$0].path?.attribute == .id } : []
    billDate = column("bill_date")
    dueDate = column("due_date")
    currencies = columns.indices.filter { columns[$0].path?.attribute == .currency }
    metadata = columns.indices.filter { columns[$0].isMetadata }
    account = PartyColumns(.account, in: columns)
    accountCustomer = PartyColumns(.accountCustomer, in: columns)
    customer = PartyColumns(.customer, in: columns)
    let greatest = operation.amountPath.flatMap { schema.field($0)?.rule.maximum }
    readableAmount = max(2_000_000_000, greatest ?? 0)
    chooser = operation == .mixed ? column("operation") : nil
    var plans: [RowPlan] = []
    for variant in variants {
      plans.append(
        try RowPlan(
          variant.kind, columns: variant.columns(columns), schema: variant.schema, mapped: mapped, rules: rules))
    }
    self.variants = plans
    variantNames = variants.map { Array($0.kind.rawValue.utf8) }
  }

  /// The same on a day.
  func on(_ day: CivilDate?) -> RowPlan {
    var plan = self
    plan.today = dueDate == nil ? nil : day.map { Array($0.description.utf8) }
    plan.variants = variants.map { $0.on(day) }
    return plan
  }

  /// How many columns stand before the reason columns at the end.
  var keptColumns: Int { mapped?.keptSources ?? (columns.lastIndex { !$0.isPassedOver } ?? -1) + 1 }

  /// How many columns the file has.
  var fileColumns: Int { mapped?.sourceCount ?? columns.count }
}

extension RowPlan {
  /// By which of the variants a row is judged; `nil` where it names none, and in a file of one operation.
  func variant(_ cells: RowCells) -> Int? {
    guard let chooser else { return nil }
    let name = cells[chooser]
    return variantNames.firstIndex { $0.elementsEqual(name) }
  }

  /// The plan by which a row is judged; `nil` where it names no operation.
  func plan(of cells: RowCells) -> RowPlan? { chooser == nil ? self : variant(cells).map { variants[$0] } }

  /// Whether a row that has everything else lacks a field.
  func needs(_ path: String) -> Bool {
    var others = ColumnSet()
    for (bit, column) in presence.columns.enumerated() where column != path { others.insert(bit) }
    return presence.check(others).contains { if case .missing(path, _) = $0 { true } else { false } }
  }

  /// The reference of the object that a row is about, as read.
  func referenceText(_ cells: RowCells) -> String? { cells.text(plan(of: cells)?.reference) }
}

extension ColumnPlan {
  /// Whether the column holds metadata of the bill or of a party.
  var isMetadata: Bool { if case .metadata = path?.attribute { true } else { false } }
}

extension RowPlan {
  /// The column of a field of a record as the reader cut it.
  func column(ofField field: Int) -> Int? {
    guard let mapped else { return field < columns.count ? field : nil }
    return field < mapped.columnOfField.count ? mapped.columnOfField[field] : nil
  }
}
