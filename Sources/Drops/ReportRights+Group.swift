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

  /// The number of the group that a folder of this machine belongs to; `nil` where there is none.
  static func group(of folder: String) -> UInt32? {
    var status = stat()
    return stat(folder, &status) == 0 ? status.st_gid : nil
  }
}
