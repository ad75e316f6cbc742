// A world's files as bytes.
extension World {
  /// A file as CSV, its headings field paths.
  func csv(_ file: Int) -> String {
    let rows = files[file]
    let isOnAccounts = rows.contains { $0.account != nil }
    let lines = rows.map { cells($0, asks(of: file)).joined(separator: ",") }
    let headings = headings(asks(of: file), isOnAccounts, rows.contains { $0.name != nil })
    return ([headings.joined(separator: ",")] + lines)
      .joined(separator: "\n") + "\n"
  }

  private func headings(_ asks: Asks, _ isOnAccounts: Bool, _ hasNames: Bool) -> [String] {
    let party = isOnAccounts ? "account" : "customer"
    let owner = isOnAccounts ? ["account.customer.external_reference"] : []
    switch asks {
    case .bills, .corrections, .credits:
      return ["external_reference", "currency", "amount_due", "bill_date", "\(party).external_reference"] + owner
        + (hasNames ? [isOnAccounts ? "account.customer.name" : "customer.name"] : [])
    case .paidBills:
      return [
        "external_reference", "currency", "amount_due", "amount_paid", "bill_date", "\(party).external_reference",
      ]
        + owner
    case .voids: return ["external_reference"]
    case .names: return ["\(party).external_reference", "\(party).name"] + owner
    case .balances: return ["\(party).external_reference", "\(party).currency", "\(party).balance"] + owner
    case .totals: return ["external_reference", "currency", "amount_paid"]
    case .payments: return ["external_reference", "currency", "payment_amount", "payment_reference"]
    }
  }

  private func cells(_ row: Row, _ asks: Asks) -> [String] {
    let owner = row.account == nil ? [] : [row.customer]
    switch asks {
    case .bills, .corrections, .credits:
      return [row.reference, "ZAR", "\(row.amount)", "2026-01-02", row.account ?? row.customer] + owner
        + (row.name.map { [$0] } ?? [])
    case .paidBills:
      return [
        row.reference, "ZAR", "\(row.amount)", "\(Self.paidBefore)", "2026-01-02", row.account ?? row.customer,
      ] + owner
    case .voids: return [row.reference]
    case .names: return [row.reference, row.name ?? ""] + owner
    case .balances: return [row.reference, "ZAR", "\(row.amount)"] + owner
    case .totals: return [row.reference, "ZAR", "\(row.amount)"]
    case .payments: return [Self.paid, "ZAR", "\(row.amount)", row.reference]
    }
  }
}
