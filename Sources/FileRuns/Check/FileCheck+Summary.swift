import BillIntake
import BillModel
import BillReports

extension FileCheck {
  /// The accounting of this file before any row's outcome is counted.
  var emptyAccounting: Accounting {
    var read: [CurrencyCode: Int64] = [:]
    for currency in money.currencies { read[currency] = money[currency].read }
    var accounting = Accounting(recordsRead: recordsRead, moneyRead: read)
    accounting.rowsWithoutMoney = money.unread
    return accounting
  }

  /// The accounting when nothing is sent: what is valid is `not_sent`, the rest rejected.
  var unsentAccounting: Accounting {
    var accounting = emptyAccounting
    var valid: [CurrencyCode: Int64] = [:]
    var rejected: [CurrencyCode: Int64] = [:]
    for currency in money.currencies {
      let sums = money[currency]
      if sums.valid != 0 { valid[currency] = sums.valid }
      if sums.rejected != 0 { rejected[currency] = sums.rejected }
    }
    accounting.count(.notSent, rows: self.valid, money: valid)
    accounting.count(.rejected, rows: invalid, money: rejected)
    return accounting
  }

  /// The name of the file without its folder; `stdin` for standard input.
  package var fileName: String {
    name == "<stdin>" ? "stdin" : String(name.split(separator: "/").last ?? "stdin")
  }
}
