import BillModel

extension BytePrograms {
  /// Does a step; `false` where it can't be done plainly.
  func apply(_ step: ByteStep, to value: inout ByteValue, _ exponent: Int?, _ room: inout ByteRoom) -> Bool {
    if value.isEmpty {
      fill(&value, step)
      return true
    }
    var made: ByteValue? = value
    switch step {
    case .trim: made?.trim()
    case .stripZeros: made?.stripZeros()
    case .upper: made = upper(value, &room)
    case .lower: made = lower(value, &room)
    case .amount(let form): made = form.minorUnits(value, exponent: exponent).flatMap { room.write($0) }
    case .date(let form): made = date(value, form, &room)
    case .phone(let form): made = form.convert(value, country: text(form.country), &room)
    case .pad(let width, let filling, let isBefore):
      made = pad(value, to: Int(width), filling, isBefore: isBefore, &room)
    case .restoreZeros(let width):
      let fits = value.isDigits && value.count <= Int(width)
      made = fits ? pad(value, to: Int(width), UInt8(ascii: "0"), isBefore: true, &room) : nil
    case .width(let width): if value.characterCount != Int(width) { made = nil }
    case .replace(let range): made = replace(value, range, &room)
    case .map(let range, let otherwise): made = mapped(value, range) ?? otherwise.map { text($0) }
    case .defaultValue: break
    case .empty(let range): if range.indices.contains(where: { from($0).isSame(as: value) }) { made?.count = 0 }
    case .prefix(let prefix): made = room.join(text(prefix), value)
    case .suffix(let suffix): made = room.join(value, text(suffix))
    case .slice(let start, let length): made = slice(value, start: Int(start), length: length.map { Int($0) })
    case .identityNumber: if !Masking.isIdentityNumber(value.bytes) { made = nil }
    }
    guard let made else { return false }
    value = made
    return true
  }

  /// A value that isn't there stays so, unless the step gives it one.
  private func fill(_ value: inout ByteValue, _ step: ByteStep) {
    switch step {
    case .defaultValue(let text): value = self.text(text)
    case .map(let range, _):
      if let first = range.indices.first, from(first).isEmpty { value = to(first) }
    default: break
    }
  }

  private func date(_ value: ByteValue, _ form: ByteDate, _ room: inout ByteRoom) -> ByteValue? {
    if let date = form.convert(value, pieces.base, &room) { return date }
    let isEmpty = form.empty.indices.contains { from($0).isSame(as: value) }
    return isEmpty ? ByteValue(start: value.start, count: 0) : nil
  }

  private func from(_ pair: Int) -> ByteValue { text(pairs[pair].from) }

  private func to(_ pair: Int) -> ByteValue { text(pairs[pair].to) }

  private func upper(_ value: ByteValue, _ room: inout ByteRoom) -> ByteValue? {
    guard let place = room.take(value.count) else { return nil }
    for index in 0..<value.count {
      let byte = value[index]
      place[index] = byte &- 0x61 < 26 ? byte &- 0x20 : byte
    }
    return ByteValue(start: UnsafePointer(place), count: value.count)
  }

  private func lower(_ value: ByteValue, _ room: inout ByteRoom) -> ByteValue? {
    guard let place = room.take(value.count) else { return nil }
    for index in 0..<value.count {
      let byte = value[index]
      place[index] = byte &- 0x41 < 26 ? byte &+ 0x20 : byte
    }
    return ByteValue(start: UnsafePointer(place), count: value.count)
  }

  private func pad(
    _ value: ByteValue, to width: Int, _ filling: UInt8, isBefore: Bool, _ room: inout ByteRoom
  ) -> ByteValue? {
    let missing = width - value.characterCount
    guard missing > 0 else { return value }
    guard let place = room.take(value.count + missing) else { return nil }
    (isBefore ? place : place + value.count).update(repeating: filling, count: missing)
    (isBefore ? place + missing : place).update(from: value.start, count: value.count)
    return ByteValue(start: UnsafePointer(place), count: value.count + missing)
  }

  private func mapped(_ value: ByteValue, _ range: ByteRange) -> ByteValue? {
    var (low, high) = (Int(range.start), Int(range.end))
    while low < high {
      let middle = (low + high) / 2
      let from = from(middle)
      if from.isSame(as: value) { return to(middle) }
      if from.precedes(value) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func replace(_ value: ByteValue, _ range: ByteRange, _ room: inout ByteRoom) -> ByteValue? {
    let longest = range.indices.reduce(1) { max($0, Int(pairs[$1].to.count)) }
    guard let place = room.take(value.count * longest) else { return nil }
    var written = 0
    var rest = value
    scan: while !rest.isEmpty {
      for index in range.indices {
        let from = from(index)
        guard from[0] == rest[0], rest.begins(with: from) else { continue }
        let to = to(index)
        (place + written).update(from: to.start, count: to.count)
        written += to.count
        rest = rest.dropFirst(from.count)
        continue scan
      }
      place[written] = rest[0]
      written += 1
      rest = rest.dropFirst(1)
    }
    room.giveBack(value.count * longest - written)
    return ByteValue(start: UnsafePointer(place), count: written)
  }

  /// In bytes, which are characters in ASCII.
  private func slice(_ value: ByteValue, start: Int, length: Int?) -> ByteValue? {
    guard value.isASCII else { return nil }
    let first = min(value.count, start > 0 ? start - 1 : max(0, value.count + start))
    let last = length.map { min(value.count, first + $0) } ?? value.count
    return ByteValue(start: value.start + first, count: last - first)
  }
}
