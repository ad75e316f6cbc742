/// Where a claimed file goes when it is through.
package enum DropPlace: String, CaseIterable, Hashable, Sendable {
  case archive, rejected
}
