import BillIntake
import BillLayouts
import BillModel

/// `billdrop layout show`.
enum LayoutShowCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let name = invocation.operands[0]
    guard let text = Layout.builtInText(named: name) else {
      let near = NearestName.of(name, among: Layout.builtInNames)
      let hint = near.map { "Did you mean \($0)?" } ?? "See: billdrop layout list"
      Console.message("billdrop: No layout “\(Masking.cut(name))” is built in.\n  \(hint)")
      return .usage
    }
    return Console.answer(String(decoding: text, as: UTF8.self)) ? .accepted : .inputOutput
  }
}
