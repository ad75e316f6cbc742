/// How the records of a file are written.
package enum FileForm: Hashable, Sendable {
  case csv(CSVForm)
  case fixedWidth(FixedWidthForm)
}
