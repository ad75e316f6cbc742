import SchemaRules
import Schemas

/// The schemas by which bodies are judged: those of the folder `schemas/`, and those of changes, derived from them.
struct BillingRules: Sendable {
  private let customer: CompiledSchema
  private let account: CompiledSchema
  private let bill: CompiledSchema
  private let customerChange: CompiledSchema
  private let accountChange: CompiledSchema
  private let billChange: CompiledSchema

  init() throws(SchemaError) {
    customer = try Self.compile(Schemas.customer)
    account = try Self.compile(Schemas.account)
    bill = try Self.compile(Schemas.bill)
    customerChange = try Self.compile(ChangeSchema.ofParty(Schemas.customer))
    accountChange = try Self.compile(ChangeSchema.ofParty(Schemas.account))
    billChange = try Self.compile(ChangeSchema.ofBill(Schemas.bill))
  }

  /// The body of a creation as a value; a problem where it is none, or breaks its schema.
  func creation(_ kind: ObjectKind, _ value: JSONValue) throws(Problem) {
    switch kind {
    case .customer: try check(value, customer)
    case .account: try check(value, account)
    case .bill: try check(value, bill)
    }
  }

  /// The same for a change.
  func change(_ kind: ObjectKind, _ value: JSONValue) throws(Problem) {
    switch kind {
    case .customer: try check(value, customerChange)
    case .account: try check(value, accountChange)
    case .bill: try check(value, billChange)
    }
  }

  private func check(_ value: JSONValue, _ schema: CompiledSchema) throws(Problem) {
    let violations = schema.validate(value)
    guard let first = violations.first else { return }
    let places = violations.map { Problem.Place(pointer: $0.pointer, detail: $0.message) }
    let detail = first.pointer.isEmpty ? first.message : "\(first.pointer): \(first.message)"
    throw Problem(400, detail, at: first.pointer, errors: places)
  }

  private static func compile(_ json: [UInt8]) throws(SchemaError) -> CompiledSchema {
    try CompiledSchema(json: json, resolving: Schemas.document(named:))
  }
}
