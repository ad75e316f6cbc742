/// The columns that `rejected.csv` has after the source's own; on the way back they are ignored.
package enum RejectedColumns {
  package static let code = "billdrop_code"
  package static let reason = "billdrop_reason"
  package static let headings = [code, reason]
}
