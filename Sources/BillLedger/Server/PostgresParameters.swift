#if Postgres
  /// The parameters of one statement, from 1.
  struct PostgresParameters {
    enum Value {
      case text(String)
      case bytes([UInt8])
    }

    private(set) var values: [Value?] = []
    /// The statement was run with them: the next that is set begins a new set.
    var isSpent = false

    mutating func set(_ index: Int32, _ value: Value?) {
      if isSpent {
        for index in values.indices { values[index] = nil }
        isSpent = false
      }
      while values.count < Int(index) { values.append(nil) }
      values[Int(index) - 1] = value
    }

    /// Hands `count` parameters to `body` as libpq takes them: texts end in a zero byte, blobs are binary.
    func withPointers<Value>(
      count: Int, _ body: ([UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Value
    ) -> Value {
      var storage: [UInt8] = []
      var places: [Int?] = []
      var lengths: [Int32] = []
      var formats: [Int32] = []
      for index in 0..<count {
        let value = index < values.count ? values[index] : nil
        places.append(value == nil ? nil : storage.count)
        let start = storage.count
        switch value {
        case .text(let text): storage.append(contentsOf: text.utf8)
        case .bytes(let bytes): storage.append(contentsOf: bytes)
        case nil: break
        }
        lengths.append(Int32(storage.count - start))
        if case .bytes = value { formats.append(1) } else { formats.append(0) }
        storage.append(0)
      }
      return storage.withUnsafeBytes { bytes in
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return body(places.map { place in place.flatMap { start?.advanced(by: $0) } }, lengths, formats)
      }
    }
  }
#endif
