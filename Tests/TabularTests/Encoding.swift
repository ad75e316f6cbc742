#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A text in an encoding of iconv's, for tests.
func encode(_ text: String, _ name: String) -> [UInt8] {
  guard let descriptor = iconv_open(name, "UTF-8"), Int(bitPattern: descriptor) != -1 else { return [] }
  defer { iconv_close(descriptor) }
  var bytes = Array(text.utf8)
  var room = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
  let written = bytes.withUnsafeMutableBytes { bytes in
    room.withUnsafeMutableBytes { room in
      var input = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      var inputLeft = bytes.count
      var output = room.baseAddress?.assumingMemoryBound(to: CChar.self)
      var outputLeft = room.count
      _ = iconv(descriptor, &input, &inputLeft, &output, &outputLeft)
      return room.count - outputLeft
    }
  }
  return Array(room.prefix(written))
}
