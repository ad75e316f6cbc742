extension Drop {
  /// Delivers a file's report, and finds a name for it; `nil` where somebody has written to the file since it was read.
  func answer(_ answer: DropAnswer) throws(DropError) -> String? {
    if let stamp = answer.stamp, let now = try self.stamp(of: answer.claim), now != stamp { return nil }
    if !answer.files.isEmpty { try deliver(answer.files, as: answer.folder, answer.rights) }
    return try freeName(for: answer.claim, in: answer.place, mark: answer.mark)
  }

  /// Puts files away one after the other; what went wrong with each.
  func putEach(_ moves: [DropMove]) -> [DropError?] {
    moves.map { move in
      do throws(DropError) {
        try put(move.claim, into: move.place, as: move.name)
        return nil
      } catch {
        return error
      }
    }
  }
}
