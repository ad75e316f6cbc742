import SchemaRules

/// The mistakes that the schema and the reader found, each told once.
struct LayoutMistakes {
  /// By place; of several at one place, the reader's own words, which know more.
  let all: [LayoutMistake]

  init(violations: [SchemaViolation], found: [LayoutMistake]) {
    let pointers = Set(found.map(\.pointer))
    var all = found
    for violation in violations where !pointers.contains(violation.pointer) {
      let mistake = LayoutMistake(pointer: violation.pointer, message: violation.words)
      if !all.contains(mistake) { all.append(mistake) }
    }
    var told: Set<LayoutMistake> = []
    self.all = all.filter { told.insert($0).inserted }
  }
}
