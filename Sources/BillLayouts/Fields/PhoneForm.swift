/// By which region's rules a telephone number is read.
package enum PhoneForm: Hashable, Sendable {
  /// Of this region.
  case region(PhoneRegion)
  /// Of the region that this named group of the file's name says, in ISO's two letters.
  case fileName(group: String)
}
