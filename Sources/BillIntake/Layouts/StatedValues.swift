import BillLayouts
import BillModel

/// What stands once in a file, or beside it: in its header, its trailer, its name, its side file.
struct StatedValues {
  let sideFile: SideFile?
  private let layout: Layout
  private let header: [[UInt8]]?
  private let trailer: [[UInt8]]?
  private let fileName: [String: String]

  /// - Parameter name: The file's, with its folder.
  init(layout: Layout, name: String, header: [[UInt8]]?, trailer: [[UInt8]]?) {
    self.layout = layout
    self.header = header
    self.trailer = trailer
    fileName = layout.fileName?.values(in: SourceName(name).plain) ?? [:]
    sideFile = layout.control.sideFile.flatMap { SideFile($0, beside: name) }
  }

  func isMissing(_ source: ValueRecipe.Source) -> Bool {
    switch source {
    case .header: header == nil
    case .trailer: trailer == nil
    case .sideFile: sideFile == nil
    default: false
    }
  }

  /// The value by this recipe; `nil` where it isn't there or a step can't be done.
  func value(_ recipe: ValueRecipe) -> [UInt8]? {
    var text = ValueText()
    switch recipe.source {
    case .header(let name): text.set(column(name, records?.header, header))
    case .trailer(let name): text.set(column(name, records?.trailer, trailer))
    case .fileName(let group): text.set(Array((fileName[group] ?? "").utf8))
    case .sideFile(let name): text.set(Array((sideFile?[name] ?? "").utf8))
    case .constant(let value): text.set(value)
    case .join(let parts, let separator):
      let values = parts.compactMap { value($0) }.filter { !$0.isEmpty }
      text.set(Array(values.joined(separator: separator)))
    case .first(let parts): text.set(parts.lazy.compactMap { value($0) }.first { !$0.isEmpty } ?? [])
    case .column, .parent: return nil
    }
    let surroundings = ConversionStep.Surroundings(exponent: nil, codes: KeyedCodes([:]), region: nil)
    for step in recipe.steps where step.apply(to: &text, surroundings) != nil { return nil }
    return text.bytes
  }

  private var records: RecordKinds? { if case .mapped(let mapping) = layout.columns { mapping.records } else { nil } }

  private func column(_ name: String, _ kind: RecordKinds.Kind?, _ values: [[UInt8]]?) -> [UInt8] {
    guard let index = kind?.columns.firstIndex(where: { $0.name == name }), let values, index < values.count else {
      return []
    }
    return values[index]
  }
}
