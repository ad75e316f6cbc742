#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Groups of users of this machine.
package enum SystemGroup {
  /// The number of a group by its name; `nil` where there is none.
  package static func number(named name: String) -> Int? { getgrnam(name).map { Int($0.pointee.gr_gid) } }
}
