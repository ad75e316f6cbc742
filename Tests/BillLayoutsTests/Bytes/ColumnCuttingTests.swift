import CScan
import Hashing
import SeededRandoms
import Tabular
import Testing

@testable import BillLayouts

/// Records cut together have the values that they have one by one.
@Suite struct ColumnCuttingTests {
  private static let letters: [UInt8] = Array("  00 1A#+é".utf8)

  private static func place(_ random: inout SeededRandom, from start: Int) -> FixedPlace {
    var place = FixedPlace(start: start, length: Int.random(in: 1...70, using: &random))
    place.alignment = [.left, .right, .both].randomElement(using: &random) ?? .left
    place.padding = [[], [0x20], [0x20], [0x30]].randomElement(using: &random) ?? []
    return place
  }

  private static func text(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
    let isFull = random.next() % 2 == 0
    return (0..<count).map { _ in
      isFull || random.next() % 8 == 0 ? letters.randomElement(using: &random) ?? 0x20 : 0x20
    }
  }

  /// What a column is, said in the plainest way.
  private static func value(_ place: FixedPlace, _ line: [UInt8]) -> [UInt8] {
    var value = line.dropFirst(place.start - 1).prefix(place.length)
    guard let padding = place.padding.first else { return Array(value) }
    while place.alignment != .right, value.last == padding { value.removeLast() }
    while place.alignment != .left, value.first == padding { value.removeFirst() }
    return Array(value)
  }

  private static func batch(_ lines: [[UInt8]], _ places: [FixedPlace]) -> RecordBatch {
    let fields = places.map { FixedWidthField(start: $0.start, length: $0.length) }
    var parser = FixedWidthParser(dialect: FixedWidthDialect(fields: fields, content: .raw, framing: .lines(.text)))
    var batch = RecordBatch()
    Array(lines.joined(separator: [0x0A])).withUnsafeBytes {
      batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: 0)
    }
    parser.parse(&batch, isLast: true)
    return batch
  }

  /// Turns with a digest that was given some of a batch's bytes, which may move.
  private static func turns(
    _ digest: UnsafeMutablePointer<cscan_digest>?, _ bytes: UnsafeRawBufferPointer, _ base: UnsafePointer<UInt8>
  ) -> DigestTurns? {
    guard let digest, let first = bytes.baseAddress else { return nil }
    let start = first - UnsafeRawPointer(base)
    return DigestTurns(
      take: {
        digest.pointee.bytes = $0 + (start + bytes.count - Int(digest.pointee.blocks) * 64)
        return digest
      }, giveBack: {})
  }

  @Test(arguments: [false, true])
  func `their columns are what they are one by one`(digests: Bool) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<150 {
      var places: [FixedPlace] = []
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        places.append(Self.place(&random, from: places.reduce(1) { $0 + $1.length }))
      }
      let width = places.reduce(0) { $0 + $1.length }
      let lines = (0..<Int.random(in: 1...200, using: &random)).map { _ in
        Self.text(random.next() % 50 == 0 ? Int.random(in: 1...width, using: &random) : width, &random)
      }
      var batch = Self.batch(lines, places)
      let plan = MappingPlan(
        targets: [], fieldCount: nil, sources: Array(places.indices), cuttings: places, kinds: nil,
        repeatedHeading: nil, table: nil)
      var mapper = RecordMapper(plan: plan, codes: KeyedCodes([:]))
      let whole = UnsafeRawBufferPointer(rebasing: batch.freshBytes.prefix(batch.freshBytes.count / 64 * 64))
      let (steps, hasher) = (digests ? SHA256Steps() : nil, SHA256Hasher())
      hasher.update(whole)
      mapper.map(&batch, digesting: Self.turns(steps?.beginSteps(whole), whole, batch.base))
      steps?.endSteps()
      if let steps { #expect(steps.digestSoFar() == hasher.digestSoFar(), "seed \(seed)") }
      #expect(batch.records.count == lines.count)
      for (record, line) in zip(batch.records, lines) {
        let found = batch.fields(of: record).map { Array(batch.bytes(of: $0)) }
        #expect(found == places.map { Self.value($0, line) }, "\(places) \(line), seed \(seed)")
      }
    }
  }

  @Test func `what a spreadsheet surely left alone is the same of many as of one`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let letters: [UInt8] = Array("0123456789012345678901234567890#+E.".utf8)
    for _ in 0..<2000 {
      let values = (0..<Int.random(in: 1...64, using: &random)).map { _ in
        (0..<Int.random(in: 0...20, using: &random)).map { _ in letters.randomElement(using: &random) ?? 0x30 }
      }
      var spans: [cscan_span] = []
      var bytes: [UInt8] = []
      for value in values {
        spans.append(cscan_span(start: UInt32(bytes.count), end: UInt32(bytes.count + value.count)))
        bytes += value
      }
      bytes += [UInt8](repeating: 0, count: 64)
      bytes.withUnsafeBufferPointer { bytes in
        let mask = spans.withUnsafeBufferPointer { spans in
          cscan_unspoilt(
            cscan_column(
              base: bytes.baseAddress, spans: spans.baseAddress, stride: 1, rows: values.count, digest: nil))
        }
        for (row, span) in spans.enumerated() {
          let value = ByteValue(start: bytes.baseAddress! + Int(span.start), count: Int(span.end - span.start))
          #expect(mask >> UInt64(row) & 1 == (ByteTarget.isUnspoilt(value) ? 1 : 0), "\(values[row]), seed \(seed)")
        }
      }
    }
  }
}
