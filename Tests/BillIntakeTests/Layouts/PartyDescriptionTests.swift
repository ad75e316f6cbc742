import BillIntake
import BillLayouts
import BillModel
import Testing

/// What rows say of customers and accounts where not every row raises a bill.
@Suite struct PartyDescriptionTests {
  private static let routed = #"{ "name": "x", "format": "csv", "zero_bills": "skip", "negative_bills": "balance" }"#
  private static let heading = "external_reference,currency,amount_due,customer.external_reference,customer.name\n"

  private func operations(_ file: MappedFile) throws -> [BillOperation] {
    let intake = try Intake(layout: file.layout, options: file.options)
    var cursor = intake.rows(try intake.check(.memory(file.bytes, name: file.name), temporaryFolder: "/tmp"))
    return try cursor.next(limit: 100).compactMap { row in
      if case .operation(_, _, let operation) = row { operation } else { nil }
    }
  }

  /// The names that rows give their customer; an empty one where they give none, or have no customer.
  private func names(_ file: MappedFile) throws -> [String] {
    try operations(file).map { operation in
      if case .credit(let credit) = operation { return credit.party.name ?? "" }
      guard case .customer(let customer) = operation.bill?.party else { return "" }
      return customer.name ?? ""
    }
  }

  @Test func `in a file of several operations bills are held against bills`() throws {
    let text = """
      operation,external_reference,currency,amount_due,account.external_reference,account.name,account.currency,\
      account.balance,account.customer.external_reference
      bill,A-1,ZAR,100,ACC-1,Home,,,C-1
      bill,A-2,ZAR,100,ACC-1,House,,,C-1
      account-balance,,,,ACC-1,,ZAR,500,

      """
    let file = try MappedFile(
      Array(text.utf8), #"{ "name": "x", "format": "csv", "operation": "mixed" }"#)
    let outcome = try file.read()
    #expect(outcome.findings == ["2:3 party.attributes-differ account.name"])
    #expect(outcome.bills.count == 2)
  }

  @Test func `a row that is skipped says nothing of its customer`() throws {
    let late = try MappedFile(
      Array((Self.heading + "B-0,ZAR,0,C-1,\nB-1,ZAR,100,C-1,\nB-2,ZAR,100,C-1,Thandi Molefe\n").utf8), Self.routed)
    #expect(try late.read().findings == [])
    #expect(try names(late) == ["", "Thandi Molefe", "Thandi Molefe"])
    let other = try MappedFile(
      Array((Self.heading + "B-0,ZAR,0,C-1,Old Name\nB-1,ZAR,100,C-1,New Name\n").utf8), Self.routed)
    #expect(try other.read().findings == [])
    #expect(try names(other) == ["", "New Name"])
  }

  @Test func `a skipped row's account belongs to nobody else`() throws {
    let text = """
      external_reference,currency,amount_due,account.external_reference,account.customer.external_reference
      B-0,ZAR,0,ACC-1,C-2
      B-1,ZAR,100,ACC-1,C-1

      """
    #expect(try MappedFile(Array(text.utf8), Self.routed).read().findings == [])
  }

  @Test func `what goes to a balance describes its customer, and is described, as a bill's row is`() throws {
    let late = try MappedFile(
      Array((Self.heading + "B-0,ZAR,-5,C-1,\nB-1,ZAR,100,C-1,\nB-2,ZAR,100,C-1,Thandi Molefe\n").utf8), Self.routed)
    #expect(try late.read().findings == [])
    #expect(try names(late) == ["Thandi Molefe", "Thandi Molefe", "Thandi Molefe"])
    let other = try MappedFile(
      Array((Self.heading + "B-0,ZAR,-5,C-1,Old Name\nB-1,ZAR,100,C-1,New Name\n").utf8), Self.routed)
    #expect(try other.read().messages == ["The customer has another name than on line 2."])
    #expect(try names(other) == ["Old Name", "Old Name"])
  }

  @Test func `the same of an account and its customer`() throws {
    let text = """
      external_reference,currency,amount_due,account.external_reference,account.name,account.customer.external_reference,\
      account.customer.name
      B-0,ZAR,-5,ACC-1,,C-1,
      B-1,ZAR,100,ACC-1,Home,C-1,
      B-2,ZAR,100,ACC-1,,C-1,Thandi Molefe

      """
    let file = try MappedFile(Array(text.utf8), Self.routed)
    let found = try operations(file).map { operation -> [String?] in
      if case .credit(let credit) = operation { return [credit.party.name, credit.party.owner?.name] }
      guard case .account(let account) = operation.bill?.party else { return [] }
      return [account.name, account.customer.name]
    }
    #expect(found == Array(repeating: ["Home", "Thandi Molefe"], count: 3))
  }
}
