/// A sum at the API that rows set as a whole: the balance of a customer or an account, or what was paid on a bill.
package struct SumKey: Hashable, Sendable {
  package var kind: ObjectKind
  /// The object's external reference.
  package var reference: String

  package init(_ kind: ObjectKind, _ reference: String) {
    self.kind = kind
    self.reference = reference
  }
}
