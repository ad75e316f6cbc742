import ChildPrograms
import Foundation
import Testing

struct ChildProgramTests {
  /// As billdrop does: a program need not read what it is given.
  init() { signal(SIGPIPE, SIG_IGN) }

  private func time(_ work: () throws -> Void) rethrows -> Duration { try ContinuousClock().measure(work) }

  @Test(arguments: ["exec >&- 2>&-; sleep 60", "sleep 60", "sleep 60 & wait"])
  func `a program that takes too long is ended, whatever it has closed`(_ script: String) throws {
    let program = try ChildProgram(["sh", "-c", script], input: .nothing)
    let taken = time {
      let fault = #expect(throws: ChildProgramError.self) { try program.finish(within: 0.5) }
      #expect(fault?.message.contains("took longer than") == true, "\(fault?.message ?? "")")
    }
    #expect(taken < .seconds(20), "\(taken)")
  }

  @Test func `a program that doesn't read its input is ended in time all the same`() throws {
    let program = try ChildProgram(["sleep", "60"], input: .pipe)
    let bytes = [UInt8](repeating: 0x61, count: 1 << 20)
    let taken = time {
      let fault = #expect(throws: ChildProgramError.self) { try program.finish(giving: bytes, within: 0.5) }
      #expect(fault != nil)
    }
    #expect(taken < .seconds(20), "\(taken)")
  }

  @Test func `a program that has closed its output is ended when nobody waits for it any more`() throws {
    let program = try ChildProgram(["sh", "-c", "exec >&- 2>&-; sleep 60"], input: .nothing)
    var asked = 0
    let taken = time {
      #expect(throws: ChildProgramError.self) {
        try program.finish {
          asked += 1
          return asked > 3
        }
      }
    }
    #expect(taken < .seconds(20), "\(taken)")
  }

  @Test func `a program gets all of its input, and prints more than a pipe holds meanwhile`() throws {
    let program = try ChildProgram(["sh", "-c", #"test "$(tee /dev/stderr | wc -c)" -eq 1048576"#], input: .pipe)
    try program.finish(giving: [UInt8](repeating: 0x61, count: 1 << 20), within: 60)
  }

  @Test func `a program that needs no input is through though it was given some`() throws {
    let program = try ChildProgram(["true"], input: .pipe)
    try program.finish(giving: [UInt8](repeating: 0x61, count: 1 << 20), within: 60)
    let failing = try ChildProgram(["sh", "-c", "echo broken >&2; exit 3"], input: .pipe)
    let fault = #expect(throws: ChildProgramError.self) { try failing.finish(giving: [0x61], within: 60) }
    #expect(fault?.message == "sh failed with exit code 3: broken.")
  }

  @Test(arguments: [
    ("sleep 60 & echo broken >&2; exit 3", "sh failed with exit code 3: broken."),
    ("sleep 60 & kill -9 $$", "sh was ended by signal 9."), ("sleep 60 & exit 0", nil),
  ])
  func `a program that leaves something behind has ended all the same, as it did`(_ script: String, _ message: String?)
    throws
  {
    let program = try ChildProgram(["sh", "-c", script], input: .pipe)
    let taken = time {
      do throws(ChildProgramError) {
        try program.finish(giving: [0x61], within: 30)
        #expect(message == nil)
      } catch {
        #expect(error.message == message)
      }
    }
    #expect(taken < .seconds(20), "\(taken)")
  }

  @Test func `what a program leaves behind goes on`() throws {
    let path = "/tmp/billdrop-behind-\(getpid())"
    defer { unlink(path) }
    let script = "(sleep 2; echo there > \(path)) & exit 0"
    do { try ChildProgram(["sh", "-c", script], input: .pipe).finish(within: 30) }
    #expect(access(path, F_OK) != 0)
    for _ in 0..<200 where access(path, F_OK) != 0 { usleep(50_000) }
    #expect(access(path, F_OK) == 0)
  }
}
