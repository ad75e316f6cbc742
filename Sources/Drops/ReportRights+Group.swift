#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ReportRights {
  /// The number of a group of this machine, by its name or by that number; `nil` where it knows none of this name.
  package static func number(ofGroup name: String) -> UInt32? {
    if let number = UInt32(name) { return number }
    guard let entry = getgrnam(name) else { return nil }
    return entry.pointee.gr_gid
  }
}
