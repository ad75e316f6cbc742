/// `SingleByteTable` for the fields of records by the million: nothing is counted for a field.
package final class SingleByteDecoder: @unchecked Sendable {
  private let table: SingleByteTable
  /// The ASCII character that each byte stands for, or `other`.
  private let ascii: UnsafeMutablePointer<UInt8>
  private static let other: UInt8 = 0x80

  package init(_ table: SingleByteTable) {
    self.table = table
    ascii = .allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max { ascii[Int(byte)] = table.ascii(for: byte) ?? Self.other }
  }

  deinit { ascii.deallocate() }

  /// Writes the bytes' text as UTF-8, and says how many bytes that are; `nil` where one stands for nothing.
  ///
  /// - Parameter target: at least `SingleByteTable.room(for: bytes.count)` bytes.
  package func decode(_ bytes: UnsafeBufferPointer<UInt8>, into target: UnsafeMutablePointer<UInt8>) -> Int? {
    var seen: UInt8 = 0
    for index in 0..<bytes.count {
      let byte = ascii[Int(bytes[index])]
      target[index] = byte
      seen |= byte
    }
    if seen < Self.other { return bytes.count }
    let decoded = table.decode(bytes, into: target)
    return decoded.hasUndefined ? nil : decoded.count
  }
}
