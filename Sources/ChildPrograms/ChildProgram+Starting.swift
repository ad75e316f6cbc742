import Synchronization

#if canImport(Glibc)
  @preconcurrency import Glibc
#else
  import Darwin
#endif

extension ChildProgram {
  /// The names of variables that no program gets.
  private static let withheld = Mutex<Set<String>>([])

  /// Keeps a variable of the environment from all programs that are started from here on.
  package static func withhold(_ variable: String) { withheld.withLock { _ = $0.insert(variable) } }

  /// Opens what is to be the standard input, and the other end of it where there is one.
  static func open(_ input: Input, _ name: String) throws(ChildProgramError) -> (theirs: CInt, ours: CInt) {
    switch input {
    case .pipe:
      let (theirs, ours) = try pipe(name, readsHere: false)
      return (theirs, ours)
    case .nothing: return (try open("/dev/null", name), -1)
    case .file(let path): return (try open(path, name), -1)
    }
  }

  private static func open(_ path: String, _ name: String) throws(ChildProgramError) -> CInt {
    #if canImport(Glibc)
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else {
      throw ChildProgramError(
        program: name, message: "\(path) can't be opened for \(name): \(String(cString: strerror(errno))).")
    }
    return descriptor
  }

  /// A pipe: its end for reading and its end for writing. Ours doesn't block.
  static func pipe(
    _ name: String, readsHere: Bool = true
  ) throws(ChildProgramError) -> (reading: CInt, writing: CInt) {
    var ends: [CInt] = [-1, -1]
    #if canImport(Glibc)
      let result = Glibc.pipe(&ends)
    #else
      let result = Darwin.pipe(&ends)
    #endif
    guard result == 0 else {
      throw ChildProgramError(program: name, message: "No pipe for \(name): \(String(cString: strerror(errno))).")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(readsHere ? ends[0] : ends[1], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  /// Starts the program with three descriptors as its standard ones; an errno.
  static func spawn(_ command: [String], _ standard: [CInt], _ process: inout pid_t) -> CInt {
    guard let name = command.first else { return EINVAL }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in standard.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, CInt(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var arguments = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    return posix_spawnp(&process, name, &actions, &attributes, &arguments, &variables)
  }

  /// The variables of this process but the secret ones.
  private static var environment: [String] {
    let secrets = withheld.withLock { $0 }
    var found: [String] = []
    var place = environ
    while let text = place.pointee {
      let variable = String(cString: text)
      if !secrets.contains(String(variable.prefix { $0 != "=" })) { found.append(variable) }
      place = place.advanced(by: 1)
    }
    return found
  }
}
