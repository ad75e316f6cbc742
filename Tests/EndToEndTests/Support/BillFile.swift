/// Bill files that tests make up: three bills an account, adjacent, each account under a customer of its own.
enum BillFile {
  static let headings =
    "external_reference,currency,amount_due,bill_date,due_date,account.external_reference,"
    + "account.name,account.customer.external_reference,account.customer.name,metadata.period\n"

  /// - Parameters:
  ///   - prefix: begins every reference.
  ///   - isBad: rows, from 1, whose amount is made zero.
  static func text(rows: Int, prefix: String = "B", isBad: (Int) -> Bool = { _ in false }) -> String {
    var text = headings
    for row in 1...max(rows, 1) where row <= rows {
      let account = (row + 2) / 3
      text +=
        "\(prefix)-\(row),ZAR,\(isBad(row) ? 0 : amount(of: row)),2025-07-01,2025-07-25,\(prefix)-A\(account),"
        + "\"\(account) Loop Street\",\(prefix)-C\(account),\"Resident \"\"\(account)\"\"\",2025-07\n"
    }
    return text
  }

  /// Minor units of a good row.
  static func amount(of row: Int) -> Int { 1_000 + row * 7 % 90_000 }
}
