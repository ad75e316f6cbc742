/// What `Intake.show` prints.
package struct ShowOptions: Hashable, Sendable {
  /// Records as arrays of strings as they were read, the heading row too; no heading is checked.
  package var isRaw: Bool
  /// Most records to print, the heading row not counted; `nil` for all.
  package var limit: Int?

  package init(isRaw: Bool = false, limit: Int? = nil) {
    self.isRaw = isRaw
    self.limit = limit
  }
}
