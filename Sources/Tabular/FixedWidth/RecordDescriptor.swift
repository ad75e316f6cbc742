/// The word in front of a record of variable length on IBM mainframes (RECFM=V; z/OS DFSMS Using Data Sets, "Variable-length
/// record formats"): its length in two bytes, most significant first, these four bytes counted, then two bytes of zeros.
package struct RecordDescriptor: Hashable, Sendable {
  /// How many bytes it has.
  package static let byteCount = 4
  /// The most bytes that a record can have with it.
  package static let longest = 0xFFFF

  /// The record's bytes, these four counted, from 4.
  package let length: Int

  /// What a record's first four bytes say.
  ///
  /// - Throws: Where they can't be a descriptor word.
  package init(_ word: UnsafePointer<UInt8>) throws(RecordDescriptorFault) {
    length = Int(word[0]) << 8 | Int(word[1])
    guard word[3] == 0, word[2] <= 3, length >= Self.byteCount else { throw .unknown }
    // The third byte says which part of a record it is: the whole, the first, the last, or one between.
    guard word[2] == 0 else { throw .spanned }
  }

  /// Whether bytes are records behind their descriptor words, to the last one: then what stands in front of them is the
  /// word of their block.
  package static func fill(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var index = 0
    while bytes.count - index >= byteCount {
      guard let descriptor = try? RecordDescriptor(base + index), descriptor.length <= bytes.count - index else {
        return false
      }
      index += descriptor.length
    }
    return index > 0 && index == bytes.count
  }
}

/// Why the next record can't be told by a descriptor word.
package enum RecordDescriptorFault: Error, Hashable, Sendable {
  /// What stands there is none.
  case unknown
  /// It is that of a record in several parts (RECFM=VS, VBS).
  case spanned
  /// It is that of a block of records (RECFM=VB, copied with its blocks).
  case block
  /// The input ends within it.
  case cut
}
