import DurableFiles

/// Which folder a path leads to, however it is written.
struct FolderPlace: Hashable {
  private let device: UInt64
  private let identity: UInt64

  /// `nil` where there is none that can be looked at.
  init?(_ path: String) {
    guard let look = try? FileLook(path: path + "/.") else { return nil }
    (device, identity) = (look.device, look.identity)
  }
}
