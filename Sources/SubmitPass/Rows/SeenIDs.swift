/// Which reference an id of the API was seen with lately, in bounded space: two generations, the older of which is
/// forgotten when the younger is full. For ids that an API gives twice, mostly to requests of the same minute.
struct SeenIDs {
  private var young: [String: String] = [:]
  private var old: [String: String] = [:]
  private let capacity: Int

  /// At most twice `capacity` ids are kept.
  init(capacity: Int = 16_384) { self.capacity = capacity }

  /// The reference that an id was seen with; `nil` where it wasn't.
  subscript(id: String) -> String? { young[id] ?? (old.isEmpty ? nil : old[id]) }

  /// Notes an id with its reference. What was seen first stands.
  mutating func note(_ id: String, _ reference: String) {
    if !old.isEmpty, old[id] != nil { return }
    if young.count >= capacity, young[id] == nil {
      swap(&old, &young)
      young.removeAll(keepingCapacity: true)
    }
    if let first = young.updateValue(reference, forKey: id), first != reference { young[id] = first }
  }
}
