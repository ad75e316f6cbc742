import BillIntake
import BillModel
import BillReports

extension FileCheck {
  /// The accounting of this file before any row's outcome is counted.
  var emptyAccounting: Accounting {
    var read: [CurrencyCode: Int64] = [:]
    for currency in money.currencies { read[currency] = money[currency].read }
    return Accounting(recordsRead: recordsRead, moneyRead: read)
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
  var fileName: String {
    name == "<stdin>" ? "stdin" : String(name.split(separator: "/").last ?? "stdin")
  }

  /// A few findings of each code, in file order, for people.
  func examples(ofEach most: Int = 3) throws(IntakeError) -> [Finding] {
    var missing: [FindingCode: Int] = [:]
    for count in findingCounts { missing[count.code, default: 0] += count.count }
    for (code, count) in missing { missing[code] = min(count, most) }
    var examples: [Finding] = []
    var reader = findings()
    while !missing.isEmpty, let finding = try reader.next() {
      guard let left = missing[finding.code] else { continue }
      examples.append(finding)
      missing[finding.code] = left > 1 ? left - 1 : nil
    }
    return examples
  }
}
