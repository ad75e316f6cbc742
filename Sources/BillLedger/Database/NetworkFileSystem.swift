import CSQLite
import DurableFiles

#if canImport(Darwin)
  import Darwin
#endif

/// NFS, SMB and their like, where neither flock nor the shared memory of a WAL can be relied on (sqlite.org/wal.html). One
/// that a program serves by FUSE (GlusterFS, sshfs, s3fs) has FUSE's number, as many a local one has, and can't be told.
enum NetworkFileSystem {
  /// Whether the folder of `path` is on one, by its magic number (statfs(2)); false where that can't be known.
  static func holds(_ path: String) -> Bool {
    var status = statfs()
    guard statfs(Directory.parent(of: path), &status) == 0 else { return false }
    #if canImport(Darwin)
      return status.f_flags & UInt32(MNT_LOCAL) == 0
    #else
      return numbers.contains(UInt32(truncatingIfNeeded: status.f_type))
    #endif
  }

  /// Linux's numbers (linux/magic.h, and coreutils' src/stat.c for those that the kernel's sources don't have).
  static let numbers: Set<UInt32> = [
    0x6969,  // NFS
    0x517b, 0xff53_4d42, 0xfe53_4d42,  // SMB
    0x00c3_6400,  // CephFS
    0x0102_1997,  // 9p
    0x0bd0_0bd0,  // Lustre
    0x5346_414f, 0x6b41_4653,  // AFS
    0x7375_7245,  // Coda
    0x4750_4653,  // GPFS
    0x1983_0326,  // BeeGFS
  ]
}
