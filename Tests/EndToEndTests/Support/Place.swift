import Foundation

/// Where things lie: the package's root and the binaries that were built with these tests.
enum Place {
  /// The root of the package.
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let samples = package.appending(path: "samples")

  /// The folder of the products: that of the running test bundle, or `BILLDROP_BINARIES`.
  static let binaries: URL = {
    if let given = ProcessInfo.processInfo.environment["BILLDROP_BINARIES"] { return URL(filePath: given) }
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let here = bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    for folder in [here, package.appending(path: ".build/debug")]
    where FileManager.default.isExecutableFile(atPath: folder.appending(path: "billdrop").path) {
      return folder
    }
    return here
  }()

  /// A compiler of C; `nil` where there is none.
  static let compiler = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"].first(
    where: FileManager.default.isExecutableFile)

  static func sample(_ name: String) -> String { samples.appending(path: name).path }
}
