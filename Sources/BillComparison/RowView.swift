#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A row as `RowTexts` writes it, where it lies.
struct RowView {
  let start: UnsafeRawPointer
  let fields: Int

  var record: Int { Int(start.loadUnaligned(as: UInt32.self)) }

  var isRejected: Bool { start.loadUnaligned(fromByteOffset: 4, as: UInt32.self) != 0 }

  /// How many bytes the row has.
  var byteCount: Int { (0..<fields).reduce(8 + 4 * fields) { $0 + length($1) } }

  /// The texts with their counts: all but record and mark.
  var content: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start + 8, count: byteCount - 8) }

  /// The text of a field; empty where the file has no such field.
  func text(_ field: Int?) -> UnsafeRawBufferPointer {
    guard let field else { return UnsafeRawBufferPointer(start: start, count: 0) }
    var offset = 8 + 4 * fields
    for before in 0..<field { offset += length(before) }
    return UnsafeRawBufferPointer(start: start + offset, count: length(field))
  }

  private func length(_ field: Int) -> Int {
    Int(start.loadUnaligned(fromByteOffset: 8 + 4 * field, as: UInt32.self))
  }
}

extension UnsafeRawBufferPointer {
  func equals(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let left = baseAddress, let right = other.baseAddress else { return true }
    return memcmp(left, right, count) == 0
  }

  /// The bytes as text, invalid UTF-8 mended.
  var string: String { String(decoding: self, as: UTF8.self) }
}
