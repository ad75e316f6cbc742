import FuzzTargets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The target that `BILLDROP_FUZZ_TARGET` names, in a program that libFuzzer drives.
private let target: FuzzTarget = {
  let name = getenv("BILLDROP_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError(
      "BILLDROP_FUZZ_TARGET is “\(name)”, not one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
  }
  return target
}()

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html); always 0.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : count)))
  return 0
}
