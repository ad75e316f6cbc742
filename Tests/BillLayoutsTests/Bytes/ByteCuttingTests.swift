import SeededRandoms
import Tabular
import Testing

@testable import BillLayouts

/// Columns cut in plain figures are what `RecordMapper.cut` makes of them.
@Suite struct ByteCuttingTests {
  private static let encodings = [nil, "IBM037", "windows-1252"]

  private static func place(_ random: inout SeededRandom) -> FixedPlace {
    var place = FixedPlace(start: 1, length: 1)
    place.kind = [.text, .text, .packed, .zoned].randomElement(using: &random) ?? .text
    place.alignment = [.left, .right, .both].randomElement(using: &random) ?? .left
    place.padding = [[], [0x20], [0x30], [0xC3, 0xA9]].randomElement(using: &random) ?? []
    return place
  }

  @Test func `a column is cut as it is the long way round`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let tables = try Dictionary(
      uniqueKeysWithValues: Self.encodings.compactMap { $0 }.map { ($0, try TextEncoding(named: $0).singleByteTable) }
    ).compactMapValues { $0 }
    var made: [FixedPlace.Kind: Int] = [:]
    for _ in 0..<12000 {
      let name = Self.encodings.randomElement(using: &random) ?? nil
      let table = name.flatMap { tables[$0] }
      var place = Self.place(&random)
      let digits: [UInt8] = [0x20, 0x30, 0x31, 0x40, 0xF0, 0xF1, 0xC1, 0x7B, 0x12, 0x0C, 0x1D, 0x00, 0x99, 0x41, 0x81]
      let longest = place.kind == .text ? 80 : 4
      let bytes = (0..<Int.random(in: 0...longest, using: &random)).map { _ in
        random.next() % 12 == 0 ? UInt8.random(in: 0...255, using: &random) : digits.randomElement(using: &random) ?? 0
      }
      // Now and then its end is missing.
      place.length = max(1, bytes.count) + (random.next() % 8 == 0 ? 1 : 0)
      let plan = MappingPlan(
        targets: [], fieldCount: nil, sources: [0], cuttings: [place], kinds: nil, repeatedHeading: nil, table: table,
        countsCharacters: table == nil)
      let mapper = RecordMapper(plan: plan, codes: KeyedCodes([:]))
      var batch = RecordBatch()
      bytes.withUnsafeBytes { batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: 0) }
      batch.makeRoom(bytes: 400, fields: 1)
      guard let cutting = ByteCutting(0, place, table, countsCharacters: table == nil) else { continue }
      let span = FieldSpan(start: 0, end: UInt32(bytes.count))
      var room = ByteRoom(batch)
      guard let plain = [span].withUnsafeBufferPointer({ cutting.span($0, mapper.decoder, &room) }) else { continue }
      batch.keepValues(upTo: room.end)
      let found = Array(batch.bytes(of: plain))
      let wanted = mapper.cut(span, place, &batch).map { Array(batch.bytes(of: $0)) }
      #expect(found == wanted, "\(bytes) \(place) \(name ?? "UTF-8"), seed \(seed)")
      made[place.kind, default: 0] += 1
    }
    for kind in [FixedPlace.Kind.text, .packed, .zoned] { #expect(made[kind, default: 0] > 20, "\(made)") }
  }
}
