/// A file that `billdrop init` writes.
struct StarterFile {
  /// From the folder on.
  let path: String
  let text: String
}
