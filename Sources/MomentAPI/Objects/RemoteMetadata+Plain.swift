extension RemoteMetadata {
  /// The metadata that come next, as `init(from:)` reads them; none for null, and for what is no object.
  init(plain reader: inout PlainJSON) throws(PlainJSON.Unusual) {
    self.init()
    if try reader.null() { return }
    guard reader.next == UInt8(ascii: "{") else {
      try reader.skip()
      return
    }
    var leftOut: Set<String> = []
    try reader.object { (reader, name) throws(PlainJSON.Unusual) in
      let key = String(decoding: name, as: UTF8.self)
      guard values[key] == nil, !leftOut.contains(key) else { throw PlainJSON.Unusual() }
      switch reader.next {
      case UInt8(ascii: "\""): values[key] = try reader.string()
      case UInt8(ascii: "t"), UInt8(ascii: "f"): values[key] = String(try reader.flag())
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        values[key] = try reader.integer().map { String($0) }
      default:
        leftOut.insert(key)
        try reader.skip()
      }
    }
  }
}
