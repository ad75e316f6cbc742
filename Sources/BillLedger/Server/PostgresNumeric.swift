#if Postgres
  /// The binary form of `numeric`, which sums of integers have (numeric_send in utils/adt/numeric.c): counts, weight, sign
  /// and scale of 16 bits each, then digits to the base of 10,000.
  enum PostgresNumeric {
    /// The whole part; what doesn't fit wraps around.
    static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64 {
      func field(_ index: Int) -> Int { Int(bytes[index * 2]) << 8 | Int(bytes[index * 2 + 1]) }
      guard bytes.count >= 8 else { return 0 }
      let (count, weight) = (field(0), Int(Int16(truncatingIfNeeded: field(1))))
      var value: Int64 = 0
      var place = 0
      while place <= weight {
        let digit = place < count && (place + 5) * 2 <= bytes.count ? Int64(field(4 + place)) : 0
        value = value &* 10_000 &+ digit
        place += 1
      }
      return field(2) == 0x4000 ? -value : value
    }
  }
#endif
