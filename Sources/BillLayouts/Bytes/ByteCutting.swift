import CScan
import Tabular

/// How a column is cut out of a record, in plain figures.
///
/// What a column holds is said by `RecordMapper.cut`; this does the same for columns that are what the layout says.
struct ByteCutting: BitwiseCopyable {
  private enum Kind: BitwiseCopyable {
    /// The record's field as it is.
    case whole
    /// Text that is UTF-8 already.
    case text
    /// Text that has to be decoded.
    case coded
    case packed
    case zoned(ZonedDecimal)
  }

  private let kind: Kind
  private let source: Int32
  /// What fills the value up; in `coded` the byte that stands for it.
  private let padding: UInt8
  private let cutsStart: Bool
  private let cutsEnd: Bool
  /// A record with more fields than this doesn't end within the value; −1 where it wouldn't matter.
  private let fieldBehind: Int32
  /// Fewest bytes of a value whose end may be missing; as many as it has characters.
  private let length: Int32
  private let countsCharacters: Bool

  /// `nil` where more has to be done.
  ///
  /// - Parameters:
  ///   - behind: A field of the record that begins at the last unit of the place, or behind it.
  ///   - countsCharacters: Whether places count characters, not bytes.
  init?(
    _ source: Int, _ place: FixedPlace?, _ table: SingleByteTable?, behind: Int? = nil, countsCharacters: Bool = false
  ) {
    self.source = Int32(source)
    fieldBehind = place.map { $0.isFilled ? Int32(behind ?? Int(Int32.max)) : -1 } ?? -1
    length = Int32(clamping: place?.length ?? 0)
    self.countsCharacters = countsCharacters
    cutsStart = place.map { $0.alignment != .left && !$0.padding.isEmpty } ?? false
    cutsEnd = place.map { $0.alignment != .right && !$0.padding.isEmpty } ?? false
    guard let place else {
      (kind, padding) = (.whole, 0)
      return
    }
    switch place.kind {
    case .packed: (kind, padding) = (.packed, 0)
    case .zoned:
      (kind, padding) = (.zoned(ZonedDecimal(table.map { $0.isASCIICompatible } ?? true ? .ascii : .ebcdic)), 0)
    case .text:
      guard place.padding.count <= 1 else { return nil }
      kind = table == nil ? .text : .coded
      guard let table, let filling = place.padding.first else {
        padding = place.padding.first ?? 0
        return
      }
      guard let byte = table.onlyByte(for: filling) else { return nil }
      padding = byte
    }
  }

  /// All columns of a plan; none where one of them needs more.
  static func all(_ plan: MappingPlan) -> [Self] {
    let cuttings = zip(plan.sources, plan.cuttings).compactMap {
      Self($0, $1, plan.table, behind: plan.fieldBehind($1), countsCharacters: plan.countsCharacters)
    }
    return cuttings.count == plan.cuttings.count && cuttings.count == plan.sources.count ? cuttings : []
  }

  /// The record's field that it is cut out of.
  var place: Int { Int(source) }

  /// Whether no record of so many fields ends within the value, or it wouldn't matter.
  @inline(__always)
  func isWhole(in fields: Int) -> Bool { fields > Int(fieldBehind) }

  /// Whether a value that a record could end within surely has its end. Where characters are counted, only ASCII is sure.
  ///
  /// - Parameter isASCII: Whether it is known to be ASCII.
  @inline(__always)
  func isWhole(_ span: FieldSpan, _ base: UnsafePointer<UInt8>, isASCII: Bool = false) -> Bool {
    let bytes = UnsafeBufferPointer(start: base + Int(span.start), count: Int(span.end &- span.start))
    return bytes.count >= Int(length) && (isASCII || !countsCharacters || bytes.allSatisfy { $0 < 0x80 })
  }

  /// What is taken away of it, where nothing else is done.
  var filling: cscan_filling? {
    switch kind {
    case .whole: cscan_filling(padding: 0, at_start: 0, at_end: 0)
    case .text: cscan_filling(padding: padding, at_start: cutsStart ? 1 : 0, at_end: cutsEnd ? 1 : 0)
    case .coded, .packed, .zoned: nil
    }
  }

  /// Where the value stands, once it was read; empty where the record has no such field. `nil` where its bytes aren't what
  /// the layout says, its end may be missing, or there is no room.
  @inline(__always)
  func span(
    _ fields: UnsafeBufferPointer<FieldSpan>, _ table: SingleByteDecoder?, _ room: inout ByteRoom
  ) -> FieldSpan? {
    guard Int(source) < fields.count else { return FieldSpan(start: 0, end: 0) }
    let span = fields[Int(source)]
    guard isWhole(in: fields.count) || isWhole(span, room.base) else { return nil }
    switch kind {
    case .whole: return span
    case .text: return trimmed(span, room.base)
    case .coded: return decoded(trimmed(span, room.base), table, &room)
    case .packed:
      guard let number = try? PackedDecimal.decode(Self.bytes(span, room)) else { return nil }
      return Self.written(number, &room)
    case .zoned(let decimal):
      guard let number = try? decimal.decode(Self.bytes(span, room)) else { return nil }
      return Self.written(number, &room)
    }
  }

  private static func bytes(_ span: FieldSpan, _ room: ByteRoom) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: room.base + Int(span.start), count: Int(span.end &- span.start))
  }

  private static func written(_ number: Int64, _ room: inout ByteRoom) -> FieldSpan? {
    guard let value = room.write(number) else { return nil }
    let start = UInt32(truncatingIfNeeded: value.start - UnsafePointer(room.base))
    return FieldSpan(start: start, end: start &+ UInt32(truncatingIfNeeded: value.count))
  }

  private func decoded(_ span: FieldSpan, _ decoder: SingleByteDecoder?, _ room: inout ByteRoom) -> FieldSpan? {
    let bytes = Self.bytes(span, room)
    guard !bytes.isEmpty else { return FieldSpan(start: 0, end: 0) }
    let most = SingleByteTable.room(for: bytes.count)
    guard let decoder, let place = room.take(most), let count = decoder.decode(bytes, into: place) else { return nil }
    room.giveBack(most - count)
    let start = UInt32(truncatingIfNeeded: place - room.base)
    return FieldSpan(start: start, end: start &+ UInt32(truncatingIfNeeded: count))
  }

  @inline(__always)
  private func trimmed(_ span: FieldSpan, _ base: UnsafePointer<UInt8>) -> FieldSpan {
    var span = span
    if cutsEnd {
      while span.end > span.start, span.end >= 64 {
        let run = UInt32(truncatingIfNeeded: cscan_run_before(base + Int(span.end), padding))
        span.end = max(span.start, span.end &- run)
        if run < 64 { break }
      }
      if span.end < 64 {
        while span.end > span.start, base[Int(span.end &- 1)] == padding { span.end &-= 1 }
      }
    }
    if cutsStart {
      while span.end > span.start, base[Int(span.start)] == padding { span.start &+= 1 }
    }
    return span
  }
}

extension MappingPlan {
  /// The first field of a record, but for its very first, that begins at the last unit of a place or behind it.
  fileprivate func fieldBehind(_ place: FixedPlace?) -> Int? {
    guard let place else { return nil }
    let last = place.start + place.length - 1
    return zip(sources, cuttings).filter { $0 > 0 && ($1?.start ?? 0) >= last }.map(\.0).min()
  }
}
