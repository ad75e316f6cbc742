import BillLayouts
package import BillModel

extension FileCheck {
  /// What stands out of the rows that stand, as a ledger sees them that knows no bill and no customer; `nil` where the rows
  /// themselves must be read for that.
  ///
  /// It is known of files of bills alone whose rows name customers by references and ask for more than nothing, and where no
  /// row of the largest amount was rejected by a rule across rows.
  package var figuresWhereNothingIsKnown: FileFigures? {
    guard let plan, plan.raisesForDescribedCustomers else { return nil }
    var figures = FileFigures(rows: valid, newCustomerRows: valid)
    for currency in money.currencies where money[currency].valid > 0 {
      guard let largest = money.largest(of: currency) else { return nil }
      figures.money[currency] = FileFigures.Money(total: money[currency].valid, largest: largest)
    }
    return figures
  }
}

extension RowPlan {
  /// Whether each row that stands raises a bill of more than nothing for a customer that it describes.
  fileprivate var raisesForDescribedCustomers: Bool {
    operation == .bill && rules.negativeBills == .refuse && rules.zeroBills == .refuse
      && !columns.contains { $0.path?.attribute == .id }
  }
}
