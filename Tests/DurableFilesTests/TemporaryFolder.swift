import DurableFiles
import Glibc

/// A folder that lasts as long as its owner.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/billdrop-files-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }

  var names: [String] {
    ((try? Directory.names(in: path)) ?? []).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  func text(_ name: String) -> String? {
    guard let file = fopen(path + "/" + name, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  func mode(_ name: String) -> UInt32 {
    var status = stat()
    return stat(path + "/" + name, &status) == 0 ? status.st_mode & 0o7777 : 0
  }
}
