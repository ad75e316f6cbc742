package import BillModel
package import DurableFiles

/// Why a plan can't be gone by. Nothing is sent then.
package enum PlanFault: Error, Hashable, Sendable {
  case unreadable(SmallFileFault)
  /// The file holds something else.
  case notAPlan(path: String)
  /// It isn't what billdrop wrote: the digest that it ends with is of something else.
  case edited(path: String)
  /// Another version of billdrop wrote it.
  case otherVersion(path: String)
  /// It was made for other bytes; the first 12 digits of both digests.
  case otherFile(planned: String, digest: String, offered: String)
  case otherEnvironment(planned: EnvironmentStamp, offered: EnvironmentStamp)
  case otherLayout(planned: String, offered: String)

  /// What is wrong and what to do.
  package var explanation: String {
    switch self {
    case .unreadable(let fault): "The plan \(Masking.oneLine(fault.path)) can't be read: \(fault.reason)."
    case .notAPlan(let path):
      "\(path) is no plan. `billdrop plan FILE --reports DIR` writes one: plan.json in the report's folder."
    case .edited(let path):
      "The plan \(path) was changed after it was made: its digest is of something else. Nothing was sent. Make a new "
        + "one; a plan is not for editing."
    case .otherVersion(let path):
      "The plan \(path) was written by another version of billdrop. Nothing was sent. Make a new one with this version."
    case .otherFile(let planned, let digest, let offered):
      "The plan was made for another file: \(Masking.oneLine(planned)) with a SHA-256 of \(digest)…, and this one has "
        + "\(offered)…. Nothing was sent."
    case .otherEnvironment(let planned, let offered):
      "The plan was made for \(planned.words), and this would go to \(offered.words). Nothing was sent."
    case .otherLayout(let planned, let offered):
      planned == offered
        ? "The plan was made with the layout \(Masking.oneLine(planned)) as it was then; it has changed since, or "
          + "--duplicates is another. Nothing was sent. Make a new plan."
        : "The plan was made with the layout \(Masking.oneLine(planned)), and this is \(Masking.oneLine(offered)). "
          + "Nothing was sent."
    }
  }
}

extension EnvironmentStamp {
  fileprivate var words: String {
    "\(origin) with a \(mode.rawValue) key" + (merchant == "default" ? "" : " for \(Masking.oneLine(merchant))")
  }
}
