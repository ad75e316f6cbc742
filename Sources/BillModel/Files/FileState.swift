/// How far a file run has come; a restart goes on here.
package enum FileState: String, CaseIterable, Sendable {
  case claimed, staged, checked, sending, reported, answered, archived
}
