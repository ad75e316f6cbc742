/// Metadata of an answer, read tolerantly: documented as strings, but a number or a boolean is taken by its text, and
/// whatever is neither is left out.
struct RemoteMetadata: Decodable {
  var values: [String: String] = [:]

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// None.
  init() {}

  init(from decoder: any Decoder) throws {
    guard let members = try? decoder.container(keyedBy: Key.self) else { return }
    for key in members.allKeys {
      if let text = try? members.decode(String.self, forKey: key) {
        values[key.stringValue] = text
      } else if let number = try? members.decode(Int64.self, forKey: key) {
        values[key.stringValue] = String(number)
      } else if let flag = try? members.decode(Bool.self, forKey: key) {
        values[key.stringValue] = String(flag)
      }
    }
  }
}
