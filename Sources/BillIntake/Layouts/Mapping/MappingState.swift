/// What a record's meaning needs of the records before it.
struct MappingState: Sendable {
  /// The number that the next bill gets.
  var nextNumber = 1
  /// The values of the header record, by its columns; `nil` before it.
  var header: [[UInt8]]?
  /// The values of the parent record above, by its columns; `nil` where there is none yet.
  var parent: [[UInt8]]?
  /// The values of the trailer record, by its columns; `nil` before it.
  var trailer: [[UInt8]]?
}
