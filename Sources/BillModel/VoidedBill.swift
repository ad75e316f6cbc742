/// A bill that is to be voided.
package struct VoidedBill: Hashable, Sendable {
  package var reference: String

  package init(reference: String) { self.reference = reference }
}
