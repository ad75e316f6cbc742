import DurableFiles

extension PartFault {
  /// What happened and what to do, in a sentence or two.
  package var explanation: String {
    switch self {
    case .file(let error): error.description
    case .noReports(let path):
      "There is no report of validate at \(path) or below it. Make them with: billdrop validate PART --references "
        + "--reports DIR"
    case .unfinished(let path):
      "The report \(path) has no summary.json: whoever wrote it hasn't finished. Validate that part again, then join."
    case .noClaims(let path):
      "The report \(path) has no \(ClaimHeader.fileName), so that its rows can't be compared with those of other parts. "
        + "Validate that part again with --references."
    case .damaged(let path, let why): "\(path) can't be used: \(why). Validate that part again."
    case .otherLayout(let one, let other):
      "\(one) and \(other) were not read alike: their layouts, or what they say of duplicates, differ. Validate all parts "
        + "with the same options."
    case .twice(let path): "The report \(path) is named twice."
    case .sameFile(let one, let other):
      "\(one) and \(other) are reports of the same file, byte for byte: its rows would count twice. Leave one of them out; "
        + "if two parts are really alike, somebody cut the whole wrongly."
    case .count(let found, let expected):
      "\(expected) \(expected == 1 ? "part" : "parts") should be there, and there \(found == 1 ? "is" : "are") \(found). "
        + "Nothing was joined: what isn't there may hold the same bills."
    case .interrupted: "Interrupted; nothing was joined."
    }
  }
}
