/// The JSON Schemas of the folder `schemas/`, embedded into the binaries.
package enum Schemas {
  /// A bill as the API takes it: `bill.schema.json`, UTF-8.
  package static var bill: [UInt8] { PackageResources.bill_schema_json }
  /// An account as the API takes it: `account.schema.json`, UTF-8.
  package static var account: [UInt8] { PackageResources.account_schema_json }
  /// A customer as the API takes it: `customer.schema.json`, UTF-8.
  package static var customer: [UInt8] { PackageResources.customer_schema_json }
  /// `summary.json` of a report: `summary.schema.json`, UTF-8.
  package static var summary: [UInt8] { PackageResources.summary_schema_json }
  /// `receipt.json` of a report: `receipt.schema.json`, UTF-8.
  package static var receipt: [UInt8] { PackageResources.receipt_schema_json }
  /// What `billdrop verify --format json` prints: `verify.schema.json`, UTF-8.
  package static var verify: [UInt8] { PackageResources.verify_schema_json }
  /// What `billdrop diff --format json` prints: `diff.schema.json`, UTF-8.
  package static var diff: [UInt8] { PackageResources.diff_schema_json }
  /// `plan.json` of a plan's report: `plan.schema.json`, UTF-8.
  package static var plan: [UInt8] { PackageResources.plan_schema_json }
  /// The configuration `billdrop.json`: `config.schema.json`, UTF-8.
  package static var config: [UInt8] { PackageResources.config_schema_json }
  /// The layout of a bill file: `layout.schema.json`, UTF-8.
  package static var layout: [UInt8] { PackageResources.layout_schema_json }

  /// A row about a customer: `customer-row.schema.json`, UTF-8.
  package static var customerRow: [UInt8] { PackageResources.customer_row_schema_json }
  /// A row about an account: `account-row.schema.json`, UTF-8.
  package static var accountRow: [UInt8] { PackageResources.account_row_schema_json }
  /// A row with a customer's balance: `customer-balance-row.schema.json`, UTF-8.
  package static var customerBalanceRow: [UInt8] { PackageResources.customer_balance_row_schema_json }
  /// A row with an account's balance: `account-balance-row.schema.json`, UTF-8.
  package static var accountBalanceRow: [UInt8] { PackageResources.account_balance_row_schema_json }

  /// A row with what was paid on a bill in all: `payment-row.schema.json`, UTF-8.
  package static var paymentRow: [UInt8] { PackageResources.payment_row_schema_json }
  /// A row with a payment to add: `payment-added-row.schema.json`, UTF-8.
  package static var paymentAddedRow: [UInt8] { PackageResources.payment_added_row_schema_json }
  /// A row with a bill to raise, and what was paid of it before: `bill-row.schema.json`, UTF-8.
  package static var billRow: [UInt8] { PackageResources.bill_row_schema_json }
  /// The same where the layout says what becomes of zero and negative amounts: `routed-bill-row.schema.json`, UTF-8.
  package static var routedBillRow: [UInt8] { PackageResources.routed_bill_row_schema_json }
  /// A row that names its operation itself: `any-row.schema.json`, UTF-8.
  package static var anyRow: [UInt8] { PackageResources.any_row_schema_json }
  /// A row with a bill to correct: `correct-row.schema.json`, UTF-8.
  package static var correctRow: [UInt8] { PackageResources.correct_row_schema_json }
  /// A row with a bill to void: `void-row.schema.json`, UTF-8.
  package static var voidRow: [UInt8] { PackageResources.void_row_schema_json }

  /// The layouts that are built in, by name, as people would write them: JSON with comments, UTF-8.
  package static var builtInLayouts: [(name: String, text: [UInt8])] {
    [
      ("default", PackageResources.default_layout_json), ("moment-file", PackageResources.moment_file_layout_json),
      ("customer", PackageResources.customer_layout_json), ("account", PackageResources.account_layout_json),
      ("customer-balance", PackageResources.customer_balance_layout_json),
      ("account-balance", PackageResources.account_balance_layout_json),
      ("payment", PackageResources.payment_layout_json),
      ("payment-added", PackageResources.payment_added_layout_json), ("void", PackageResources.void_layout_json),
      ("correct", PackageResources.correct_layout_json), ("mixed", PackageResources.mixed_layout_json),
    ]
  }

  /// A schema by its file's name, which is how a `$ref` names it; `nil` where there is none.
  package static func document(named name: String) -> [UInt8]? {
    switch name {
    case "bill.schema.json": bill
    case "account.schema.json": account
    case "customer.schema.json": customer
    case "payment-added-row.schema.json": paymentAddedRow
    case "summary.schema.json": summary
    case "receipt.schema.json": receipt
    case "verify.schema.json": verify
    case "diff.schema.json": diff
    case "plan.schema.json": plan
    case "config.schema.json": config
    case "layout.schema.json": layout
    default: nil
    }
  }
}
