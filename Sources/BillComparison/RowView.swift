import BillIntake

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

  /// What it asks for, as a number.
  var operation: UInt32 { start.loadUnaligned(fromByteOffset: 8, as: UInt32.self) }

  /// What stands once in the file for that; empty where the file has no such field.
  var key: UnsafeRawBufferPointer {
    let place = Int(start.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
    return text(place < fields ? place : nil)
  }

  private static var head: Int { RowTexts.headBytes }

  /// How many bytes the row has.
  var byteCount: Int { (0..<fields).reduce(Self.head + 4 * fields) { $0 + length($1) } }

  /// The texts with their counts: all but what stands before them.
  var content: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start + Self.head, count: byteCount - Self.head)
  }

  /// The text of a field; empty where the file has no such field.
  func text(_ field: Int?) -> UnsafeRawBufferPointer {
    guard let field else { return UnsafeRawBufferPointer(start: start, count: 0) }
    var offset = Self.head + 4 * fields
    for before in 0..<field { offset += length(before) }
    return UnsafeRawBufferPointer(start: start + offset, count: length(field))
  }

  private func length(_ field: Int) -> Int {
    Int(start.loadUnaligned(fromByteOffset: Self.head + 4 * field, as: UInt32.self))
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
