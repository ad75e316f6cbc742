#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A conversion to or from UTF-8 by the C library (POSIX `iconv`), with the state that it has between two calls.
final class Iconv {
  private let descriptor: iconv_t

  /// Why a call came to its end.
  enum Stop: Hashable {
    /// All bytes were taken.
    case done
    /// The next byte begins nothing that the encoding has.
    case invalid
    /// The bytes left are the beginning of something.
    case incomplete
    /// There is no more room.
    case full
  }

  /// What one call did.
  struct Step: Hashable {
    var consumed: Int
    var produced: Int
    var stop: Stop
  }

  /// From an encoding by its name.
  convenience init(from name: String) throws(TextEncodingError) { try self.init(name, "UTF-8", name) }

  /// Into an encoding by its name.
  convenience init(to name: String) throws(TextEncodingError) { try self.init(name, name, "UTF-8") }

  private init(_ name: String, _ target: String, _ source: String) throws(TextEncodingError) {
    // The empty name is the locale's encoding, and a slash begins options such as //IGNORE.
    guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0) else {
      throw .unknown(name: name)
    }
    guard let opened = iconv_open(target, source), Int(bitPattern: opened) != -1 else {
      let code = errno
      throw code == EINVAL ? .unknown(name: name) : .failed(name: name, code: code)
    }
    descriptor = opened
  }

  deinit { iconv_close(descriptor) }

  /// Converts as much as there is room for.
  func convert(_ bytes: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>) -> Step {
    var input = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
    var inputLeft = bytes.count
    var output = UnsafeMutableRawPointer(room.baseAddress)?.assumingMemoryBound(to: CChar.self)
    var outputLeft = room.count
    let result = iconv(descriptor, &input, &inputLeft, &output, &outputLeft)
    let stop: Stop = result == -1 ? Self.stop(errno) : .done
    return Step(consumed: bytes.count - inputLeft, produced: room.count - outputLeft, stop: stop)
  }

  /// Writes what the conversion still holds back at the end of an input, and forgets all state.
  func finish(into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var output = UnsafeMutableRawPointer(room.baseAddress)?.assumingMemoryBound(to: CChar.self)
    var outputLeft = room.count
    _ = iconv(descriptor, nil, nil, &output, &outputLeft)
    _ = iconv(descriptor, nil, nil, nil, nil)
    return room.count - outputLeft
  }

  /// How many bytes the encoding's units have: those of a NUL.
  var unit: Int {
    var room = [UInt8](repeating: 0, count: 16)
    for count in [1, 2, 4] {
      let zeros = [UInt8](repeating: 0, count: count)
      let step = zeros.withUnsafeBufferPointer { zeros in
        room.withUnsafeMutableBufferPointer { convert(zeros, into: $0) }
      }
      _ = room.withUnsafeMutableBufferPointer { finish(into: $0) }
      if step.stop == .done { return count }
    }
    return 1
  }

  /// Whether it is UTF-7 (RFC 2152), under whatever name, or that of IMAP (RFC 3501, 5.1.3).
  var isUTF7: Bool {
    ["+AGE-", "&AGE-"].contains { text in
      var room = [UInt8](repeating: 0, count: 16)
      let step = Array(text.utf8).withUnsafeBufferPointer { text in
        room.withUnsafeMutableBufferPointer { convert(text, into: $0) }
      }
      _ = room.withUnsafeMutableBufferPointer { finish(into: UnsafeMutableBufferPointer(rebasing: $0[8...])) }
      return step.produced > 0 && room[0] == UInt8(ascii: "a")
    }
  }

  private static func stop(_ code: Int32) -> Stop {
    switch code {
    case E2BIG: .full
    case EINVAL: .incomplete
    default: .invalid
    }
  }
}
