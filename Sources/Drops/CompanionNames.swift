/// Names of files that lie beside others: `NAME.done`, `NAME.sha256`.
struct CompanionNames: Hashable, Sendable {
  let endings: [String]

  /// The file that a companion lies beside; `nil` for a name that is no companion's.
  func mainName(of name: String) -> String? {
    endings.first { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }.map { String(name.dropLast($0.count)) }
  }

  /// Files with what lies beside them, in the order of the names. A companion alone stands for itself.
  func claims(of names: [String]) -> [DropClaim] {
    let all = Set(names)
    return names.sorted().filter { mainName(of: $0).map { !all.contains($0) } ?? true }.map { name in
      DropClaim(name: name, companions: endings.map { name + $0 }.filter { all.contains($0) })
    }
  }
}
