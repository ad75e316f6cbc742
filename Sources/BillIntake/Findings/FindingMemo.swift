import BillModel
import Hashing

/// Findings whose words were found before, by all that these are made of: most of what is found in a file comes again and
/// again.
struct FindingMemo {
  private static let places = 256

  private let hash = FastHash(seed: 0)
  private var known = [(content: [UInt8], finding: Finding)?](repeating: nil, count: places)

  /// The finding that a draft becomes.
  mutating func finding(_ encoded: EncodedDraft, _ text: FindingText) -> Finding {
    let content = encoded.content
    let place = Int(truncatingIfNeeded: content.withUnsafeBytes { hash($0) }) & (Self.places - 1)
    if let known = known[place], known.content[...] == content {
      var finding = known.finding
      finding.record = Int(encoded.record)
      finding.line = encoded.line
      return finding
    }
    let finding = text.finding(encoded.draft)
    known[place] = (Array(content), finding)
    return finding
  }
}
