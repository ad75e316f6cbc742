import BillLayouts
import BillModel
import SchemaRules

extension FindingText {
  func presence(_ columns: [Int], _ index: Int) -> FindingWords {
    var present = ColumnSet()
    for column in columns { present.insert(column) }
    let faults = plan.presence.check(present)
    guard index < faults.count else { return .unknown }
    switch faults[index] {
    case .missing(let path, let object): return missing(path, object)
    case .needs(let path, let needed):
      return FindingWords(
        "There is a value in \(path) and none in \(needed).", "\(path) means nothing without \(needed): give both.",
        column: needed)
    case .bothForms(let path):
      return FindingWords(
        "The row names the \(Self.noun(path)) by its id and describes it too.",
        "Give either the id in \(path), or the columns \(path).external_reference and so on; leave the other empty.",
        column: path)
    case .noneOf(let paths, let object): return none(of: paths, object)
    case .severalOf(let paths, _):
      return FindingWords(
        "The row has a \(paths.map(Self.noun).joined(separator: " and a ")).",
        "A bill is raised on one of them: leave the columns of the other empty. (An account has its customer in the "
          + "columns account.customer.…)")
    case .excluded(let paths, _):
      return FindingWords(
        "\(paths.joined(separator: " and ")) can't stand in one row.", "Leave one of them empty.")
    case .tooMany(let object, let count, let maximum):
      return FindingWords(
        "The row has \(count) values of \(object).", "At most \(maximum) are allowed: leave some of them empty.")
    case .tooFew(let object, let count, let minimum):
      return FindingWords("The row has \(count) values of \(object).", "At least \(minimum) are needed.")
    }
  }

  private func missing(_ path: String, _ object: String) -> FindingWords {
    if path == "account.customer" || path == "account.customer.external_reference" {
      return FindingWords(
        "The account has no customer.",
        "Give the reference of the customer that the account belongs to, even where the account exists already.",
        column: "account.customer.external_reference")
    }
    let isOfPayment = path == "amount_paid" || path.hasPrefix("payment_")
    let owner = object.isEmpty ? (isOfPayment ? "payment" : "bill") : Self.noun(object)
    let column = plan.columns.first { $0.path?.description == path }
    let example = column?.rules?.rule.examples.first.map { ", for example \($0)" } ?? ""
    return FindingWords(
      "There is no value in \(path).", "Every \(owner) needs one\(example).", column: path)
  }

  private func none(of paths: [String], _ object: String) -> FindingWords {
    guard object.isEmpty else {
      return FindingWords("The \(Self.noun(object)) has none of \(paths.joined(separator: ", ")).", "Give one of them.")
    }
    return FindingWords(
      "The row doesn't say whom the bill is for.",
      "Give an account (account.external_reference with account.customer.external_reference) or a customer "
        + "(customer.external_reference).")
  }

  func duplicate(_ lines: [Int], _ others: Int, _ keepsFirst: Bool) -> FindingWords {
    if keepsFirst, let first = lines.first {
      return FindingWords(
        "Line \(first) has the same reference with other values, and stands.",
        "\(once): correct this row, or leave it out.")
    }
    let shown = lines.map(String.init)
    let list =
      others > lines.count
      ? shown.joined(separator: ", ") + " and \(others - lines.count) more"
      : shown.count > 1 ? shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "") : shown.joined()
    return FindingWords(
      "The same reference stands on line\(others == 1 ? "" : "s") \(list), with other values.",
      "\(once); none of these rows is sent, since nobody here can know which one is right."
    )
  }

  /// What a row is about, in a word.
  var noun: String { plan.operation.noun }

  private var once: String {
    switch plan.operation {
    case .bill: "Each bill has a reference of its own"
    case .customer, .customerBalance: "Each customer stands in a file once"
    case .account, .accountBalance: "Each account stands in a file once"
    case .payment: "What was paid on a bill in all stands in a file once"
    case .paymentAdded: "Each payment has a reference of its own"
    case .void: "A bill is voided once"
    case .correct: "A bill is corrected once in a file"
    case .mixed: "Each object has one row of a kind"
    }
  }

  func accountCustomers(_ other: [UInt8], _ line: Int, _ keepsFirst: Bool) -> FindingWords {
    let name = Masking.shown(String(decoding: other, as: UTF8.self))
    return FindingWords(
      "The account stands under another customer, \(name), on line \(line).",
      keepsFirst
        ? "An account belongs to one customer: that row came first and stands."
        : "An account belongs to one customer: none of its rows is sent, since nobody here can know which one is right."
    )
  }

  func attributes(_ columns: [Int], _ line: Int, _ isAccount: Bool) -> FindingWords {
    let names = columns.map { plan.columns[$0].path?.relativeName ?? plan.columns[$0].heading }
    return FindingWords(
      "The \(isAccount ? "account" : "customer") has another \(names.joined(separator: ", another ")) than on line \(line).",
      "What line \(line) says is sent, since it comes first; make the rows agree if that is wrong.")
  }

  /// `account.customer` is a customer.
  static func noun(_ path: String) -> String { path.split(separator: ".").last.map(String.init) ?? path }
}
