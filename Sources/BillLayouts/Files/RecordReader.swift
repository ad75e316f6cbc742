package import Tabular

/// A source's records, however they are written.
package enum RecordReader: ~Copyable {
  case csv(CSVReader)
  case fixedWidth(FixedWidthReader)

  /// What the text is decoded from, as iconv calls it; `nil` where it is UTF-8, or nothing was read yet.
  package var decodedFrom: DecodedFrom? {
    switch self {
    case .csv(let reader): reader.decodedFrom
    case .fixedWidth(let reader): reader.decodedFrom
    }
  }

  /// Fills `batch` with the next records; `false` once there are none.
  package mutating func next(into batch: inout RecordBatch) throws(InputError) -> Bool {
    switch consume self {
    case .csv(var reader):
      do throws(InputError) {
        let more = try reader.next(into: &batch)
        self = .csv(reader)
        return more
      } catch {
        self = .csv(reader)
        throw error
      }
    case .fixedWidth(var reader):
      do throws(InputError) {
        let more = try reader.next(into: &batch)
        self = .fixedWidth(reader)
        return more
      } catch {
        self = .fixedWidth(reader)
        throw error
      }
    }
  }
}
