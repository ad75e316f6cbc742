/// The kinds of records of a file, told apart by the value at one place.
package struct RecordKinds: Hashable, Sendable {
  /// A kind of record that is no bill.
  package struct Kind: Hashable, Sendable {
    package var values: [[UInt8]]
    package var columns: [SourceColumn]

    package init(values: [[UInt8]], columns: [SourceColumn]) {
      self.values = values
      self.columns = columns
    }
  }

  /// Where the kind stands.
  package var place: SourceColumn.Place
  package var detail: [[UInt8]]
  package var header: Kind?
  package var parent: Kind?
  package var trailer: Kind?
  package var ignored: [[UInt8]]

  package init(
    place: SourceColumn.Place, detail: [[UInt8]], header: Kind? = nil, parent: Kind? = nil, trailer: Kind? = nil,
    ignored: [[UInt8]] = []
  ) {
    self.place = place
    self.detail = detail
    self.header = header
    self.parent = parent
    self.trailer = trailer
    self.ignored = ignored
  }
}
