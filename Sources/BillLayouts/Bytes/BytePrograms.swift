import Tabular

/// The value programs of a file in plain figures: what they make of a record is written behind its batch's bytes, and
/// nothing is allocated or counted for it.
///
/// A program gives nothing where a value isn't plain: then `ValueEvaluator` makes it, or says what is wrong with it. So no
/// fault rests on this, and tests hold what it gives against the other.
final class BytePrograms: Sendable {
  /// By target; none where the target needs more.
  private let targets: FixedBytes<Target>
  private let nodes: FixedBytes<ByteNode>
  let steps: FixedBytes<ByteStep>
  let pairs: FixedBytes<BytePair>
  let pieces: FixedBytes<ByteDate.Piece>
  private let texts: FixedBytes<UInt8>

  private struct Target: BitwiseCopyable {
    let node: ByteNode?
  }

  init(_ programs: [ValueProgram]) {
    var compiler = ByteCompiler()
    targets = FixedBytes(programs.map { Target(node: compiler.node($0)) })
    nodes = FixedBytes(compiler.nodes)
    steps = FixedBytes(compiler.steps)
    pairs = FixedBytes(compiler.pairs)
    pieces = FixedBytes(compiler.pieces)
    texts = FixedBytes(compiler.texts)
  }

  /// Where a target's value stands, once it was made; `nil` where it isn't plain, or there is no room for it.
  func span(_ target: Int, _ cells: ByteCells, _ room: inout ByteRoom) -> FieldSpan? {
    guard let node = targets[target].node, var value = value(node, cells, &room) else { return nil }
    let bytes = UnsafePointer(room.base)
    if value.start < bytes || value.start > bytes + room.limit {
      // A constant.
      guard let place = room.take(value.count) else { return nil }
      place.update(from: value.start, count: value.count)
      value.start = UnsafePointer(place)
    }
    let start = UInt32(truncatingIfNeeded: value.start - bytes)
    return FieldSpan(start: start, end: start &+ UInt32(truncatingIfNeeded: value.count))
  }

  private func value(_ node: ByteNode, _ cells: ByteCells, _ room: inout ByteRoom) -> ByteValue? {
    var value: ByteValue
    switch node.source {
    case .cell(let column): value = cells.value(cells.cells, column)
    case .text(let text): value = self.text(text)
    case .header(let column): value = cells.value(cells.header, column)
    case .parent(let column): value = cells.value(cells.parent, column)
    case .join(let parts, let separator):
      guard let joined = join(parts, self.text(separator), cells, &room) else { return nil }
      value = joined
    case .first(let parts):
      guard let first = first(parts, cells, &room) else { return nil }
      value = first
    }
    for index in node.steps.indices {
      guard apply(steps[index], to: &value, cells.exponent, &room) else { return nil }
    }
    return value
  }

  private func first(_ parts: ByteRange, _ cells: ByteCells, _ room: inout ByteRoom) -> ByteValue? {
    for index in parts.indices {
      guard let value = value(nodes[index], cells, &room) else { return nil }
      if !value.isEmpty { return value }
    }
    return ByteValue(start: cells.base, count: 0)
  }

  /// The parts that aren't empty, the separator between them.
  private func join(
    _ parts: ByteRange, _ separator: ByteValue, _ cells: ByteCells, _ room: inout ByteRoom
  ) -> ByteValue? {
    var joined = ByteValue(start: cells.base, count: 0)
    for index in parts.indices {
      guard let part = value(nodes[index], cells, &room) else { return nil }
      if part.isEmpty { continue }
      guard !joined.isEmpty else {
        joined = part
        continue
      }
      guard let longer = room.join(joined, separator), let whole = room.join(longer, part) else { return nil }
      joined = whole
    }
    return joined
  }

  @inline(__always)
  func text(_ text: ByteText) -> ByteValue { ByteValue(start: texts.base + Int(text.start), count: Int(text.count)) }
}
