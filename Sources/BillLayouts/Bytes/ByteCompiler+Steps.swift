import BillModel

extension ByteCompiler {
  /// A step in plain figures; `nil` where it has none.
  mutating func plain(_ step: ConversionStep, _ region: PhoneRegion?) -> ByteStep? {
    switch step {
    case .trim: return .trim
    case .upper: return .upper
    case .lower: return .lower
    case .stripZeros: return .stripZeros
    case .amount(let form):
      return ByteAmount(form, exponent: form.currency.flatMap { Currency.exponent(of: $0) }).map { .amount($0) }
    case .date(let form): return date(form).map { .date($0) }
    case .phone(.region(let region)): return .phone(phone(region))
    case .phone(.fileName): return region.map { .phone(phone($0)) }
    case .boolean(let yes, let no): return boolean(yes, no)
    case .pad(let width, let filling, let isBefore):
      guard filling.count == 1 else { return nil }
      return .pad(width: Int32(clamping: width), with: filling[0], isBefore: isBefore)
    case .restoreZeros(let width): return .restoreZeros(width: Int32(clamping: width))
    case .width(let width): return .width(Int32(clamping: width))
    case .replace(let pairs): return .replace(self.pairs(pairs.map { ($0.from, $0.to) }))
    case .map(let pairs, let otherwise):
      return .map(self.pairs(pairs.map { ($0.from, $0.to) }), otherwise: otherwise.map { text($0) })
    case .defaultValue(let value): return .defaultValue(text(value))
    case .empty(let words): return .empty(pairs(words.map { ($0, []) }))
    case .prefix(let value): return .prefix(text(value))
    case .suffix(let value): return .suffix(text(value))
    case .slice(let start, let length):
      return .slice(start: Int32(clamping: start), length: length.map { Int32(clamping: $0) })
    case .identityNumber: return .identityNumber
    case .hmac: return nil
    }
  }

  private mutating func pairs(_ list: [(from: [UInt8], to: [UInt8])]) -> ByteRange {
    let made = list.map { BytePair(from: text($0.from), to: text($0.to)) }
    return Self.add(made, to: &pairs)
  }

  /// A table of the words, of which those for yes come first where a word is both. An empty value stays as it is.
  private mutating func boolean(_ yes: [[UInt8]], _ no: [[UInt8]]) -> ByteStep {
    var words: [[UInt8]: String] = [:]
    for word in no { words[word] = "false" }
    for word in yes { words[word] = "true" }
    words[[]] = nil
    let sorted = words.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return .map(pairs(sorted.map { ($0.key, Array($0.value.utf8)) }), otherwise: nil)
  }

  private mutating func phone(_ region: PhoneRegion) -> BytePhone {
    BytePhone(
      country: text(region.country), hasTrunkZero: region.hasTrunkZero, least: Int8(region.lengths.lowerBound),
      most: Int8(region.lengths.upperBound))
  }

  /// `nil` for a pattern with names of months, and where a text that means no date could be one.
  private mutating func date(_ form: DateForm) -> ByteDate? {
    for text in form.empty where !text.isEmpty {
      if case .success = form.date(text) { return nil }
    }
    var list: [ByteDate.Piece] = []
    for piece in form.pieces {
      switch piece {
      case .year: list.append(.year)
      case .shortYear: list.append(.shortYear)
      case .month(let isPadded): list.append(.month(least: isPadded ? 2 : 1))
      case .day(let isPadded): list.append(.day(least: isPadded ? 2 : 1))
      case .dayOfYear: list.append(.dayOfYear)
      case .literal(let text): list += text.map { .literal($0) }
      case .monthName: return nil
      }
    }
    return ByteDate(
      pieces: Self.add(list, to: &pieces), pivot: Int32(form.pivot ?? 0),
      empty: pairs(form.empty.map { ($0, []) }))
  }
}
