package import BillModel

/// A row that may be sent now.
package struct Departure: Hashable, Sendable {
  package var row: PlannableRow
  /// How its body names the party.
  package var form: BodyForm
  /// The parties that this request creates; nobody else creates them until its fate is known. Customer first.
  package var carries: [PartyKey]

  package init(row: PlannableRow, form: BodyForm, carries: [PartyKey] = []) {
    self.row = row
    self.form = form
    self.carries = carries
  }
}
