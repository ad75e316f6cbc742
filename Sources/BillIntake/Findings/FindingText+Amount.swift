import BillLayouts
import BillModel
import SchemaRules

extension FindingText {
  /// The words for an amount that its layout made of what the file has, and that is too small or too large; `nil` for
  /// everything else. The file has it in major units, so that the schema's words would be of another number.
  func madeAmount(_ fault: FieldFault, _ column: Int?, _ raw: String) -> FindingWords? {
    guard let column, let mapped = plan.mapped, column < mapped.recipes.count,
      mapped.recipes[column].all.contains(where: { $0.steps.contains(where: Self.isAmount) })
    else { return nil }
    let bound: String
    switch fault {
    case .belowMinimum(let limit): bound = "at least \(limit) \(limit == 1 ? "is" : "are") needed"
    case .aboveMaximum(let limit): bound = "at most \(limit) are allowed"
    default: return nil
    }
    let rule = plan.columns[column].rules?.rule
    return FindingWords(
      "\(plan.columns[column].heading) comes to \(Masking.cut(raw)) minor units, and \(bound).",
      Self.range(from: rule?.minimum, to: rule?.maximum))
  }

  private static func isAmount(_ step: ConversionStep) -> Bool { if case .amount = step { true } else { false } }

  /// What it may come to: how the file writes that is its layout's matter.
  private static func range(from least: Int64?, to most: Int64?) -> String {
    let bounds = [least.map { "from \($0)" }, most.map { "up to \($0)" }].compactMap { $0 }
    return "The layout makes minor units of it: it may come to \(bounds.joined(separator: " ")) of them."
  }
}
