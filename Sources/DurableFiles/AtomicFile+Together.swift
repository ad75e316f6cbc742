extension AtomicFile {
  /// Commits files of one directory together: each is there whole or not at all. Their contents are made durable at the
  /// same time, which takes a device little more than one alone, then they get their names, and these are made durable.
  ///
  /// - Parameters:
  ///   - files: Where one of them fails, those before it may have their names, and `last` hasn't.
  ///   - last: A file of the same directory that gets its name once the others are durable under theirs: where it is,
  ///     they are.
  package static func commit(_ files: [AtomicFile], then last: AtomicFile) throws(FileError) {
    let all = files + [last]
    for file in all { try file.finishWriting() }
    let outcomes = SideBySide.run(all.count) { index in
      Result { () throws(FileError) in try all[index].handle.sync() }
    }
    for (file, outcome) in zip(all, outcomes) { try file.attempt { () throws(FileError) in try outcome.get() } }
    for file in files { try file.takeName() }
    if !files.isEmpty { try Directory.sync(Directory.parent(of: last.path)) }
    try last.takeName()
    try Directory.sync(Directory.parent(of: last.path))
  }
}
