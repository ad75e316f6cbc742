import BillLayouts

/// The fields of two files side by side, in the alphabet's order of their paths.
struct ComparedFields {
  struct Field {
    let path: String
    /// Its place among the fields of the old file; `nil` where that has none such.
    let old: Int?
    let new: Int?
  }

  let all: [Field]
  /// Whether both files have the same fields: then equal bytes are equal rows.
  let areAlike: Bool

  init(_ old: [FieldPath], _ new: [FieldPath]) {
    areAlike = old == new
    let paths = Set(old).union(new).sorted { $0.description < $1.description }
    all = paths.map { path in
      Field(path: path.description, old: old.firstIndex(of: path), new: new.firstIndex(of: path))
    }
  }
}
