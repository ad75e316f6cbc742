/// The header of an SQLite database's file (sqlite.org/fileformat2.html, 1.3), as far as it tells whose file it is.
struct DatabaseHeader {
  /// Bytes of a header.
  static let byteCount = 100

  /// The length that the file must at least have by its header, in bytes; 0 where the header doesn't know.
  let byteCount: Int64
  let userVersion: Int
  let applicationID: Int64

  /// Reads a header; `nil` where the bytes are no SQLite database's.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.byteCount, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
    func number(_ offset: Int, _ count: Int) -> Int64 {
      bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int64($1) }
    }
    // The count of pages holds where it was written along with the change counter.
    let knowsSize = number(24, 4) == number(92, 4)
    let pageSize = number(16, 2) == 1 ? 65_536 : number(16, 2)
    byteCount = knowsSize ? number(28, 4) * pageSize : 0
    userVersion = Int(number(60, 4))
    applicationID = number(68, 4)
  }
}
