/// Owns the tables of one compiled pattern.
final class PatternStorage: @unchecked Sendable {
  let matcher: PatternMatcher
  private let memory: [UnsafeMutableRawPointer]

  init(_ shape: PatternShape) {
    if shape.fixed.isEmpty {
      let members = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
      for byte in 0..<256 { members[byte] = shape.run.contains(UInt8(byte)) ? 1 : 0 }
      matcher = .run(members, minimum: shape.minimum, maximum: shape.maximum)
      memory = [UnsafeMutableRawPointer(members)]
    } else {
      let members = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
      for byte in 0..<256 {
        var bits: UInt32 = shape.run.contains(UInt8(byte)) ? 1 << UInt32(shape.fixed.count) : 0
        for (index, set) in shape.fixed.enumerated() where set.contains(UInt8(byte)) { bits |= 1 << UInt32(index) }
        members[byte] = bits
      }
      matcher = .positions(members, fixed: shape.fixed.count, minimum: shape.minimum, maximum: shape.maximum)
      memory = [UnsafeMutableRawPointer(members)]
    }
  }

  init(_ table: PatternTable) {
    let width = table.classCount + 1
    var rows: [UInt32] = []
    for (state, accepts) in table.accepts.enumerated() {
      rows += table.transitions[state * table.classCount..<(state + 1) * table.classCount].map { $0 * UInt32(width) }
      rows.append(accepts ? 1 : 0)
    }
    let classes = Self.copy(table.classes)
    let next = Self.copy(rows)
    matcher = .table(classes: classes, next: next, first: Int(table.first) * width, width: width)
    memory = [UnsafeMutableRawPointer(classes), UnsafeMutableRawPointer(next)]
  }

  deinit {
    for table in memory { table.deallocate() }
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    copy.initialize(from: elements, count: elements.count)
    return copy
  }
}
