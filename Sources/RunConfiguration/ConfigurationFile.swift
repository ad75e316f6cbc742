import BillLayouts
package import BillModel
package import DurableFiles
package import SchemaRules
import Schemas

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A configuration file: JSON in UTF-8, comments and a comma after the last element allowed.
package struct ConfigurationFile: Sendable {
  /// Why it can't be used.
  package enum Fault: Error, Sendable {
    case unreadable(SmallFileFault)
    /// All that is wrong with it, in its order.
    case mistakes([ConfigurationMistake])
    /// The schema of configurations itself can't be used: a fault of ours.
    case schema(SchemaError)
  }

  /// The greatest configuration that is read, in bytes.
  private static let mostBytes = 4 << 20

  package let path: String
  private let text: [UInt8]

  package init(path: String) throws(Fault) {
    self.path = path
    do throws(SmallFileFault) { text = try SmallFile(path: path, mostBytes: Self.mostBytes).bytes } catch {
      throw .unreadable(error)
    }
  }

  /// What it says.
  ///
  /// - Parameters:
  ///   - now: Time zones are known for some years around it.
  ///   - environment: The value of a variable that holds a secret; of all that the configuration names it is asked at once.
  package func configuration(
    now: WallTime, environment: @escaping (String) -> String?
  ) throws(Fault) -> Configuration {
    let value: JSONValue
    do throws(JSONParseError) {
      value = try JSONValue(parsing: text, options: .init(allowsComments: true))
    } catch {
      let message = "column \(error.column): \(error.message)."
      throw .mistakes([ConfigurationMistake(line: error.line, pointer: "", message: message)])
    }
    let schema: CompiledSchema
    do throws(SchemaError) { schema = try CompiledSchema(json: Schemas.config) } catch { throw .schema(error) }
    let violations = schema.validate(value)
    let state = getenv("STATE_DIRECTORY").map { String(cString: $0) }
    var reader = ConfigurationReader(
      folder: folder, usualReports: UsualReports.path(besideConfigurationIn: folder, stateDirectory: state), now: now,
      environment: environment)
    let configuration = reader.configuration(JSONPlace(value))
    let mistakes = mistakes(violations, reader.mistakes)
    guard mistakes.isEmpty else { throw .mistakes(mistakes) }
    return configuration
  }

  /// What the schema and the reader found, each once; of several at one place the reader's words, which know more.
  private func mistakes(_ violations: [SchemaViolation], _ found: [LayoutMistake]) -> [ConfigurationMistake] {
    let places = Set(found.map(\.pointer))
    let all =
      found
      + violations.filter { !places.contains($0.pointer) }
      .map { LayoutMistake(pointer: $0.pointer, message: $0.words) }
    let lines = JSONLines(text)
    var told: Set<LayoutMistake> = []
    return all.filter { told.insert($0).inserted }
      .map { ConfigurationMistake(line: lines.line(of: $0.pointer), pointer: $0.pointer, message: $0.message) }
      .sorted { ($0.line, $0.pointer) < ($1.line, $1.pointer) }
  }

  /// The folder that it is in.
  private var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
