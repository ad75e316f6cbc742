import BillModel

/// Makes value programs into plain figures.
struct ByteCompiler {
  var nodes: [ByteNode] = []
  var steps: [ByteStep] = []
  var pairs: [BytePair] = []
  var pieces: [ByteDate.Piece] = []
  /// The constants, one behind the other.
  var texts: [UInt8] = []

  /// The node of a program; `nil` where it does something that needs more than plain figures. What was added for it then
  /// stays, and harms nothing.
  mutating func node(_ program: ValueProgram) -> ByteNode? {
    guard let source = source(program.source) else { return nil }
    var list: [ByteStep] = []
    for step in program.steps {
      guard let plain = plain(step, program.region) else { return nil }
      list.append(plain)
    }
    return ByteNode(source: source, steps: Self.add(list, to: &steps))
  }

  private mutating func source(_ source: ValueProgram.Source) -> ByteNode.Source? {
    switch source {
    case .cell(let column): return .cell(Int32(column))
    case .literal(let value): return .text(text(value))
    case .header(let column): return .header(Int32(column))
    case .parent(let column): return .parent(Int32(column))
    case .join(let parts, let separator):
      return children(parts).map { .join($0, separator: text(separator)) }
    case .first(let parts): return children(parts).map { .first($0) }
    }
  }

  /// Programs within a program, side by side.
  private mutating func children(_ parts: [ValueProgram]) -> ByteRange? {
    var children: [ByteNode] = []
    for part in parts {
      guard let child = node(part) else { return nil }
      children.append(child)
    }
    return Self.add(children, to: &nodes)
  }

  static func add<Element>(_ elements: [Element], to list: inout [Element]) -> ByteRange {
    let start = list.count
    list += elements
    return ByteRange(start: Int32(start), end: Int32(list.count))
  }

  mutating func text(_ value: [UInt8]) -> ByteText {
    let start = texts.count
    texts += value
    return ByteText(start: Int32(start), count: Int32(value.count))
  }
}
