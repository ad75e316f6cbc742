/// One thing that two files differ in.
package struct FileChange: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case added, gone, changed
    /// The bill's row in the new file is rejected.
    case rejected
    case customerNew = "customer_new"
    case customerGone = "customer_gone"
    case accountNew = "account_new"
    case accountGone = "account_gone"
  }

  /// A field that differs; an absent value is empty.
  package struct Field: Hashable, Sendable {
    package var path: String
    package var old: String
    package var new: String

    package init(path: String, old: String, new: String) {
      self.path = path
      self.old = old
      self.new = new
    }
  }

  package var kind: Kind
  /// The bill's, or the party's: its external reference, or its id where a row names it so.
  package var reference: String
  /// The record of the old file that it is about, the first of several; `nil` where there is none.
  package var oldRecord: Int?
  package var newRecord: Int?
  /// Of a changed bill, all fields that differ; of others none.
  package var fields: [Field]

  package init(kind: Kind, reference: String, oldRecord: Int?, newRecord: Int?, fields: [Field] = []) {
    self.kind = kind
    self.reference = reference
    self.oldRecord = oldRecord
    self.newRecord = newRecord
    self.fields = fields
  }
}
