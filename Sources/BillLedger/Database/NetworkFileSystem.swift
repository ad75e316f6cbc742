import CSQLite
import DurableFiles

#if canImport(Darwin)
  import Darwin
#endif

/// NFS and SMB, where neither flock nor the shared memory of a WAL can be relied on (sqlite.org/wal.html).
enum NetworkFileSystem {
  /// Whether the folder of `path` is on one, by its magic number (statfs(2)); false where that can't be known.
  static func holds(_ path: String) -> Bool {
    var status = statfs()
    guard statfs(Directory.parent(of: path), &status) == 0 else { return false }
    #if canImport(Darwin)
      return status.f_flags & UInt32(MNT_LOCAL) == 0
    #else
      let nfs: UInt32 = 0x6969
      let smb: [UInt32] = [0x517b, 0xff53_4d42, 0xfe53_4d42]
      let type = UInt32(truncatingIfNeeded: status.f_type)
      return type == nfs || smb.contains(type)
    #endif
  }
}
