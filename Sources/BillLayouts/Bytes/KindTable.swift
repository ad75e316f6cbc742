import Tabular

/// The kinds of records by the value that tells them apart, in plain figures.
final class KindTable: Sendable {
  private struct Entry: BitwiseCopyable {
    let text: ByteText
    let kind: KindPlan.Kind
  }

  private let entries: FixedBytes<Entry>
  private let texts: FixedBytes<UInt8>

  init(_ plan: KindPlan) {
    var compiler = ByteCompiler()
    entries = FixedBytes(plan.kinds.map { Entry(text: compiler.text($0.value), kind: $0.kind) })
    texts = FixedBytes(compiler.texts)
  }

  func kind(of value: ByteValue) -> KindPlan.Kind {
    for entry in entries.view {
      let known = ByteValue(start: texts.base + Int(entry.text.start), count: Int(entry.text.count))
      if known.isSame(as: value) { return entry.kind }
    }
    return .unknown
  }
}
