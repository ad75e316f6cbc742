extension Layout {
  /// How many columns a row needs by what the layout takes from columns by their numbers; 0 where it takes nothing.
  package var neededColumns: Int {
    guard case .mapped(let mapping) = columns else { return 0 }
    func number(_ reference: ColumnReference) -> Int {
      switch reference {
      case .number(let number): number
      case .name(let name): mapping.columns.first { $0.name == name }.map { Self.number($0.place) } ?? 0
      }
    }
    var numbers = mapping.fields.flatMap { $0.recipe.columns.map(number) }
    numbers +=
      control.hashTotals.map { number($0.column) } + [control.sequence].compactMap { $0.map { number($0.column) } }
    numbers += [mapping.records].compactMap { $0.map { Self.number($0.place) } }
    return numbers.max() ?? 0
  }

  /// How many columns a row has where the layout names each of them; `nil` where there may be others.
  package var allColumns: Int? {
    guard case .csv(let form) = form, case .mapped(let mapping) = columns, form.otherColumns == .reject else {
      return nil
    }
    return mapping.columns.reduce(neededColumns) { max($0, Self.number($1.place)) }
  }

  /// Whether it says how many columns each row has.
  package var statesColumns: Bool { if case .csv(let form) = form { form.columnCount != nil } else { false } }

  private static func number(_ place: SourceColumn.Place) -> Int {
    if case .number(let number) = place { number } else { 0 }
  }
}
