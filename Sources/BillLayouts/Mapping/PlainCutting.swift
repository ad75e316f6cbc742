import Tabular

/// How a column of text is cut out of a record where one byte fills it up, which is usual: plain figures, so that the
/// loop over all columns of all records counts no references.
struct PlainCutting: BitwiseCopyable {
  private let source: Int32
  private let padding: UInt8
  private let cutsStart: Bool
  private let cutsEnd: Bool

  /// `nil` where more has to be done, or less.
  init?(_ source: Int, _ place: FixedPlace?, hasTable: Bool) {
    guard let place, place.kind == .text, !hasTable, place.padding.count == 1 else { return nil }
    self.source = Int32(source)
    padding = place.padding[0]
    cutsStart = place.alignment != .left
    cutsEnd = place.alignment != .right
  }

  /// All columns of a plan; none where one of them needs more.
  static func all(_ plan: MappingPlan) -> [Self] {
    let cuttings = zip(plan.sources, plan.cuttings).compactMap { Self($0, $1, hasTable: plan.table != nil) }
    return cuttings.count == plan.cuttings.count && cuttings.count == plan.sources.count ? cuttings : []
  }

  /// Where the value stands in a record's fields; empty where the record has no such field.
  @inline(__always)
  func span(_ fields: UnsafeBufferPointer<FieldSpan>, _ base: UnsafePointer<UInt8>) -> FieldSpan {
    guard Int(source) < fields.count else { return FieldSpan(start: 0, end: 0) }
    var span = fields[Int(source)]
    if cutsEnd {
      let eight = UInt64(padding) &* 0x0101_0101_0101_0101
      while span.end &- span.start >= 8,
        UnsafeRawPointer(base + Int(span.end &- 8)).loadUnaligned(as: UInt64.self) == eight
      {
        span.end &-= 8
      }
      while span.end > span.start, base[Int(span.end &- 1)] == padding { span.end &-= 1 }
    }
    if cutsStart {
      while span.end > span.start, base[Int(span.start)] == padding { span.start &+= 1 }
    }
    return span
  }
}
