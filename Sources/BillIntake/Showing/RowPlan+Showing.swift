import BillLayouts

extension RowPlan {
  /// The columns that fill the bill's fields, in the order of the layout, or of the heading row.
  func shownColumns(_ layout: Layout) -> [Int] {
    let filling = (mapped.map { 0..<$0.targetCount } ?? columns.indices).filter { !columns[$0].isPassedOver }
    guard case .mapped(let mapping) = layout.columns else { return filling }
    let stated = mapping.fields.compactMap { field in
      filling.first { columns[$0].path?.description == field.path }
    }
    return stated + filling.filter { !stated.contains($0) }
  }
}
