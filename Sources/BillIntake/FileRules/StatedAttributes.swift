/// What a row says of a party: each attribute that has a value, by its name in the order of their bytes.
///
/// Kept as bytes, each name and each value with its length before it: there may be one of them for each party of a file.
struct StatedAttributes: Equatable {
  private var bytes: [UInt8] = []

  /// Takes over what a row says.
  mutating func read(_ party: PartyColumns, _ cells: RowCells) {
    bytes.removeAll(keepingCapacity: true)
    for attribute in party.attributes where !cells[attribute.column].isEmpty {
      append(attribute.name.utf8)
      append(cells[attribute.column])
    }
  }

  /// The value of an attribute; `nil` where nothing is said of it.
  subscript(name: String) -> ArraySlice<UInt8>? {
    var place = 0
    while place < bytes.count {
      let (found, value, end) = attribute(at: place)
      if found.elementsEqual(name.utf8) { return value }
      place = end
    }
    return nil
  }

  /// Whether another says all that this one does.
  func isPart(of other: Self) -> Bool {
    var (place, theirs) = (0, 0)
    while place < bytes.count {
      let end = attribute(at: place).end
      var isFound = false
      while !isFound, theirs < other.bytes.count {
        let next = other.attribute(at: theirs).end
        isFound = bytes[place..<end] == other.bytes[theirs..<next]
        theirs = next
      }
      if !isFound { return false }
      place = end
    }
    return true
  }

  /// What both say together; `nil` where they contradict each other, or there would be more metadata than may be.
  func filled(by other: Self, mostMetadata: Int) -> Self? {
    var whole = Self()
    var (place, theirs) = (0, 0)
    while place < bytes.count || theirs < other.bytes.count {
      let ours = place < bytes.count ? attribute(at: place) : nil
      let more = theirs < other.bytes.count ? other.attribute(at: theirs) : nil
      if let ours, let more, ours.name.elementsEqual(more.name), !ours.value.elementsEqual(more.value) { return nil }
      let isOurs = ours.map { ours in more.map { !$0.name.lexicographicallyPrecedes(ours.name) } ?? true } ?? false
      let isTheirs = more.map { more in ours.map { !$0.name.lexicographicallyPrecedes(more.name) } ?? true } ?? false
      guard let next = isOurs ? ours : more else { break }
      whole.append(next.name)
      whole.append(next.value)
      if isOurs, let ours { place = ours.end }
      if isTheirs, let more { theirs = more.end }
    }
    return whole.bytes.count > bytes.count && whole.metadataCount > mostMetadata ? nil : whole
  }

  private var metadataCount: Int {
    var (count, place) = (0, 0)
    while place < bytes.count {
      let (name, _, end) = attribute(at: place)
      if name.starts(with: "metadata.".utf8) { count += 1 }
      place = end
    }
    return count
  }

  private typealias Attribute = (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>, end: Int)

  private func attribute(at place: Int) -> Attribute {
    let name = text(at: place)
    let value = text(at: name.endIndex)
    return (name, value, value.endIndex)
  }

  private func text(at place: Int) -> ArraySlice<UInt8> {
    let count = bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
    return bytes[place + 4..<place + 4 + count]
  }

  private mutating func append(_ text: some Collection<UInt8>) {
    withUnsafeBytes(of: UInt32(text.count)) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: text)
  }
}
