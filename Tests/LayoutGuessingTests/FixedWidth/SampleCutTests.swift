import BillLayouts
import Foundation
import Tabular
import Testing

@testable import LayoutGuessing

/// The samples of fixed width, whose layouts say where their columns are.
@Suite struct SampleCutTests {
  private static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "samples")

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.samples.appending(path: path)))
  }

  private func places(_ layout: String) throws -> [FixedPlace] {
    guard case .mapped(let mapping) = try Layout(json: try bytes("layouts/\(layout).json")).columns else { return [] }
    return mapping.columns.compactMap { if case .fixed(let place) = $0.place { place } else { nil } }
  }

  @Test(
    arguments: [
      ("batch-289", "BILLS.20250701.dat"), ("batch-289", "BILLS.20250706.dat"), ("mainframe", "mainframe.bin"),
      ("mainframe", "mainframe-gap.bin"), ("parents", "parents.txt"),
    ])
  func `the columns of a sample are found where its layout has them`(layout: String, file: String) throws {
    let places = try places(layout)
    let contents = try bytes("merchants/\(file)")
    let sample = try #require(try FixedWidthSample.of(contents))
    let starts = places.map { $0.start - 1 }
    let score = CutScore(sample, starts: starts, allowed: Set(places.map { $0.start + $0.length - 1 }))
    #expect(score.found == places.count && score.missed == 0 && score.falseSure + score.falseDoubtful == 0, "\(score)")
    for place in places {
      let end = place.start + place.length - 1
      let index = try #require(sample.cuts.lastIndex { $0.range.lowerBound < place.start })
      let cut = sample.cuts[index]
      // A number has the blanks before it, which may be the text's.
      let isNextLoose = index + 1 < sample.cuts.count && sample.cuts[index + 1].isStartLoose
      #expect(isNextLoose ? cut.range.upperBound <= end : cut.range.upperBound == end, "\(place)")
      #expect((cut.kind == .packed) == (place.kind == .packed) && (cut.kind == .zoned) == (place.kind == .zoned))
    }
  }
}
