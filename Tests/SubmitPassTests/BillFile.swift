import SeededRandoms

/// Bill files for the tests of submission.
enum BillFile {
  static let heading =
    "external_reference,currency,amount_due,bill_date,account.external_reference,account.customer.external_reference"

  /// `count` bills, `each` of an account and `accounts` accounts of a customer, in that order or shuffled by a seed.
  static func bills(_ count: Int, each: Int = 3, accounts: Int = 2, seed: UInt64? = nil, prefix: String = "B") -> String
  {
    var rows = (0..<count).map { index in
      let account = index / each
      return "\(prefix)\(index),ZAR,\(100 + index),2026-01-02,A\(account),C\(account / accounts)"
    }
    if let seed {
      var random = SeededRandom(seed: seed)
      rows.shuffle(using: &random)
    }
    return ([heading] + rows).joined(separator: "\n") + "\n"
  }

  /// Rows under a heading of their own.
  static func rows(_ heading: String, _ rows: [String]) -> String { ([heading] + rows).joined(separator: "\n") + "\n" }
}
